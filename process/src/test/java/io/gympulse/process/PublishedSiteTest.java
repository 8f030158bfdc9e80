package io.gympulse.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.process.SiteCheck.Verdict;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A server with published names and a known local address.
class PublishedSiteTest {
  private static final InetAddress REACHED = InetAddress.ofLiteral("192.0.2.7");

  private final SiteCheck check = SiteCheck.published(List.of("Gym.Example", "2001:db8::7"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "localhost.",
        "127.0.0.1:8080",
        "127.9.9.9",
        "[::1]:8080",
        "192.0.2.7:8080",
        "gym.example",
        "GYM.EXAMPLE:8443",
        "gym.example.:80",
        "[2001:db8::7]:1"
      })
  void own_names_and_addresses_are_allowed(String host) {
    assertThat(check(List.of(host), List.of())).isEqualTo(Verdict.ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "gym.example.evil",
        "192.0.2.8",
        "user@localhost",
        "localhost/",
        "[::1",
        "localhost:999999",
        "gym.example, evil.example"
      })
  void any_other_host_is_foreign(String host) {
    assertThat(check(List.of(host), List.of())).isEqualTo(Verdict.FOREIGN_HOST);
  }

  @Test
  void a_request_with_no_host_or_with_two_is_foreign() {
    assertThat(check(List.of(), List.of())).isEqualTo(Verdict.FOREIGN_HOST);
    assertThat(check(List.of("localhost", "localhost"), List.of())).isEqualTo(Verdict.FOREIGN_HOST);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, http://localhost:8080",
    "127.0.0.1:80, http://127.0.0.1",
    "gym.example, https://gym.example",
    "gym.example:443, https://gym.example",
    "127.0.0.1:8080, https://gym.example",
    "[::1]:8080, http://[::1]:8080"
  })
  void the_own_page_is_allowed(String host, String origin) {
    assertThat(check(List.of(host), List.of(origin))).isEqualTo(Verdict.ALLOWED);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, http://evil.example",
    "localhost:8080, http://localhost:3000",
    "localhost:8080, http://127.0.0.1:8080",
    "localhost:8080, null",
    "localhost:8080, file://",
    "localhost:8080, http://localhost:8080.evil.example",
    "localhost:8080, http://localhost:8080/"
  })
  void any_other_page_is_foreign(String host, String origin) {
    assertThat(check(List.of(host), List.of(origin))).isEqualTo(Verdict.FOREIGN_ORIGIN);
  }

  @Test
  void names_are_distinguished_from_other_texts() {
    assertThat(List.of("gym.example", "192.0.2.7", "2001:db8::7", "[::1]"))
        .allMatch(SiteCheck::isName);
    assertThat(List.of("", "a b", "http://gym.example", "gym.example:80", "a/b"))
        .noneMatch(SiteCheck::isName);
  }

  @Test
  void an_unsafe_method_marked_cross_site_is_foreign_if_there_is_no_origin() {
    assertThat(check("POST", List.of(), "cross-site")).isEqualTo(Verdict.FOREIGN_ORIGIN);
    assertThat(check("GET", List.of(), "cross-site")).isEqualTo(Verdict.ALLOWED);
    assertThat(check("POST", List.of("https://gym.example"), "cross-site"))
        .isEqualTo(Verdict.ALLOWED);
  }

  private Verdict check(String method, List<String> origins, String fetchSite) {
    return check.check(
        new SiteCheck.Request(
            method, List.of("localhost"), origins, Optional.of(fetchSite), Optional.of(REACHED)));
  }

  private Verdict check(List<String> hosts, List<String> origins) {
    return check.check(
        new SiteCheck.Request("GET", hosts, origins, Optional.empty(), Optional.of(REACHED)));
  }
}
