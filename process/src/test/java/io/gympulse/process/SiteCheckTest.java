package io.gympulse.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteCheckTest {
  private final SiteCheck check = new SiteCheck(Set.of("cloud.gym.example"));

  @ParameterizedTest
  @CsvSource({
    "POST, 127.0.0.1:8884, ,",
    "POST, localhost, ,",
    "POST, LOCALHOST:8884, http://localhost:8884, same-origin",
    "POST, [::1]:8884, http://[::1]:8884,",
    "GET, cloud.gym.example:8884, https://cloud.gym.example:8884,",
    "GET, 10.0.0.7:8884, , cross-site",
    "GET, localhost:8884, , none",
    "GET, cloud.gym.example., ,",
    "POST, localhost, http://localhost:80,",
  })
  void its_own_pages_and_clients_without_pages_pass(
      String method, String host, @Nullable String origin, @Nullable String fetchSite) {
    assertThat(check.refusal(method, host, origin, fetchSite)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, 127.0.0.1:8884, http://evil.example, cross-site",
    "POST, 127.0.0.1:8884, http://127.0.0.1:8080,",
    "POST, 127.0.0.1:8884, null,",
    "POST, 127.0.0.1:8884, , cross-site",
    "GET, 127.0.0.1:8884, http://evil.example,",
    "POST, cloud.gym.example:8884, http://cloud.gym.example:8080,",
    "GET, rebound.evil.example:8884, ,",
    "GET, 127.0.0.1.evil.example:8884, ,",
    "GET, localhost.evil.example, ,",
    "GET, '', ,",
  })
  void other_sites_and_foreign_names_are_refused(
      String method, String host, @Nullable String origin, @Nullable String fetchSite) {
    assertThat(check.refusal(method, host, origin, fetchSite)).isPresent();
  }

  @Test
  void a_request_without_a_host_is_refused() {
    assertThat(check.refusal("GET", null, null, null)).isPresent();
  }
}
