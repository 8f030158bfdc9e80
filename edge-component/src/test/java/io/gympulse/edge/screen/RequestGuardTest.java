package io.gympulse.edge.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
  private final RequestGuard guard = RequestGuard.of("https", "Pi-Downtown");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.168.1.20:8443",
        "10.0.0.1",
        "[::1]:8443",
        "[fe80::1%eth0]",
        "localhost:8443",
        "pi-downtown",
        "PI-DOWNTOWN.local:8443"
      })
  void addresses_and_own_names_are_accepted(String host) {
    assertThat(guard.isOwnHost(Optional.of(host))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "192.168.1.20.evil.example",
        "pi-downtown.evil.example:8443",
        "",
        "1.2.3.4:8443:x",
        "[::1].evil.example",
        "localhost.evil.example"
      })
  void names_that_others_control_are_not(String host) {
    assertThat(guard.isOwnHost(Optional.of(host))).isFalse();
    assertThat(guard.isOwnHost(Optional.empty())).isFalse();
  }

  @Test
  void a_write_comes_from_a_page_of_the_same_origin() {
    Optional<String> host = Optional.of("10.0.0.1:8443");
    assertThat(guard.isOwnOrigin(Optional.of("https://10.0.0.1:8443"), host)).isTrue();
    assertThat(guard.isOwnOrigin(Optional.of("http://10.0.0.1:8443"), host)).isFalse();
    assertThat(guard.isOwnOrigin(Optional.of("https://evil.example"), host)).isFalse();
    assertThat(guard.isOwnOrigin(Optional.of("null"), host)).isFalse();
    assertThat(guard.isOwnOrigin(Optional.empty(), host)).isFalse();
  }
}
