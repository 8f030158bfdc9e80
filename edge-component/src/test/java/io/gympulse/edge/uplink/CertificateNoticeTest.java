package io.gympulse.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateNoticeTest {
  @TempDir private Path folder;

  @Test
  void the_end_is_announced_once_a_day_from_thirty_days_ahead() throws Exception {
    TestKeys keys = new TestKeys(folder);
    keys.make("gateway", "-validity", "90");
    UplinkSettings.Direct settings =
        new UplinkSettings.Direct(
            "127.0.0.1",
            8883,
            keys.certificate("gateway"),
            keys.key("gateway"),
            keys.certificate("gateway"),
            UplinkSettings.TopicMode.PLAIN);
    Instant end = PemCredentials.read(settings).expiry().at();
    CertificateNotice notice = new CertificateNotice(settings);

    assertThat(notice.check(end.minus(Duration.ofDays(31)))).isEmpty();
    Instant soon = end.minus(Duration.ofDays(30));
    assertThat(notice.check(soon)).hasValueSatisfying(it -> assertThat(it).contains("in 30 days"));
    assertThat(notice.check(soon.plus(Duration.ofHours(23)))).isEmpty();
    assertThat(notice.check(soon.plus(Duration.ofHours(24))))
        .hasValueSatisfying(it -> assertThat(it).contains("in 29 days", "--replace"));
    assertThat(notice.check(end.plusSeconds(1)))
        .hasValueSatisfying(it -> assertThat(it).contains("has ended"));
  }
}
