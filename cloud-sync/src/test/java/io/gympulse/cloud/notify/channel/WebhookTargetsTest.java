package io.gympulse.cloud.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.notify.channel.WebhookTargets.Verdict;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTargetsTest {
  private static final URI HTTPS = URI.create("https://hooks.example/in");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fd00:ec2::254",
        "fc00::1",
        "::ffff:10.0.0.1",
        "ff02::1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:0:a00:1::",
        "2001:db8::1"
      })
  void an_address_that_is_not_public_is_rejected(String address) {
    assertThat(check(false, HTTPS, address)).isInstanceOf(Verdict.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.169.0.1",
        "9.255.255.255",
        "2606:2800:220:1::1",
        "2a00:1450:4001::1"
      })
  void a_public_address_is_allowed(String address) {
    assertThat(check(false, HTTPS, address)).isEqualTo(new Verdict.Allowed());
  }

  @Test
  void one_bad_address_among_good_ones_is_enough() {
    assertThat(check(false, HTTPS, "93.184.216.34", "10.0.0.1"))
        .isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void plain_http_is_for_the_loopback_only_and_only_where_it_is_allowed() {
    URI http = URI.create("http://hooks.example/in");
    assertThat(check(false, http, "93.184.216.34")).isInstanceOf(Verdict.Rejected.class);
    assertThat(check(true, http, "93.184.216.34")).isInstanceOf(Verdict.Rejected.class);
    assertThat(check(false, http, "127.0.0.1")).isInstanceOf(Verdict.Rejected.class);
    assertThat(check(true, http, "127.0.0.1")).isEqualTo(new Verdict.Allowed());
    assertThat(check(true, HTTPS, "::1")).isEqualTo(new Verdict.Allowed());
    assertThat(check(true, HTTPS, "192.168.1.1")).isInstanceOf(Verdict.Rejected.class);
    assertThat(check(true, http, "127.0.0.1", "10.0.0.1")).isInstanceOf(Verdict.Rejected.class);
  }

  @Test
  void a_name_without_address_may_have_one_later() {
    WebhookTargets targets =
        new WebhookTargets(
            false,
            host -> {
              throw new UnknownHostException(host);
            });
    assertThat(targets.check(HTTPS)).isEqualTo(new Verdict.Unresolved());
  }

  private static Verdict check(boolean loopback, URI target, String... addresses) {
    return new WebhookTargets(
            loopback,
            _ ->
                List.of(addresses).stream()
                    .map(WebhookTargetsTest::literal)
                    .toArray(InetAddress[]::new))
        .check(target);
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/a, example.org",
    "https://x.y.Example.ORG:8443/b, example.org",
    "https://example.org./c, example.org",
    "https://intranet/d, intranet",
    "https://203.0.113.7/e, numbers",
    "https://[2001:db8::1]/f, numbers",
    "http://127.0.0.1:9000/g, 127.0.0.1:9000",
    "http://localhost:9001/h, localhost:9001",
    "http://[::1]:9002/i, [::1]:9002",
  })
  void a_site_contains_the_addresses_that_one_party_can_create_any_number_of(
      String uri, String site) {
    assertThat(WebhookTargets.site(URI.create(uri))).isEqualTo(site);
  }
}
