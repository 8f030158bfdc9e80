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

/// A server that is published under names, reached at an address.
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
  void own_names_and_addresses_are_known(String host) {
    assertThat(judge(List.of(host), List.of())).isEqualTo(Verdict.KNOWN);
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
    assertThat(judge(List.of(host), List.of())).isEqualTo(Verdict.FOREIGN_HOST);
  }

  @Test
  void a_request_with_no_host_or_with_two_is_foreign() {
    assertThat(judge(List.of(), List.of())).isEqualTo(Verdict.FOREIGN_HOST);
    assertThat(judge(List.of("localhost", "localhost"), List.of())).isEqualTo(Verdict.FOREIGN_HOST);
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
  void the_own_page_is_known(String host, String origin) {
    assertThat(judge(List.of(host), List.of(origin))).isEqualTo(Verdict.KNOWN);
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
    assertThat(judge(List.of(host), List.of(origin))).isEqualTo(Verdict.FOREIGN_ORIGIN);
  }

  @Test
  void names_are_told_from_what_is_none() {
    assertThat(List.of("gym.example", "192.0.2.7", "2001:db8::7", "[::1]"))
        .allMatch(SiteCheck::isName);
    assertThat(List.of("", "a b", "http://gym.example", "gym.example:80", "a/b"))
        .noneMatch(SiteCheck::isName);
  }

  @Test
  void a_change_that_the_browser_marks_as_another_sites_is_foreign_if_it_names_no_origin() {
    assertThat(judge("POST", List.of(), "cross-site")).isEqualTo(Verdict.FOREIGN_ORIGIN);
    assertThat(judge("GET", List.of(), "cross-site")).isEqualTo(Verdict.KNOWN);
    assertThat(judge("POST", List.of("https://gym.example"), "cross-site"))
        .isEqualTo(Verdict.KNOWN);
  }

  private Verdict judge(String method, List<String> origins, String fetchSite) {
    return check.judge(
        new SiteCheck.Asked(
            method, List.of("localhost"), origins, Optional.of(fetchSite), Optional.of(REACHED)));
  }

  private Verdict judge(List<String> hosts, List<String> origins) {
    return check.judge(
        new SiteCheck.Asked("GET", hosts, origins, Optional.empty(), Optional.of(REACHED)));
  }
}
