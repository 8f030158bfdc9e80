package io.gympulse.cloud.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSiteTest {

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
  void a_site_is_what_one_party_has_as_many_addresses_of_as_it_likes(String uri, String site) {
    assertThat(WebhookSite.of(URI.create(uri)).name()).isEqualTo(site);
  }
}
