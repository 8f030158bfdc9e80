package io.gympulse.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.uplink.CertificateExpiry.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificateExpiryTest {
  private static final Instant END = Instant.parse("2027-01-31T12:00:00Z");

  private final CertificateExpiry expiry = new CertificateExpiry(END);

  @Test
  void the_end_is_announced_thirty_days_ahead() {
    assertThat(expiry.state(END.minus(Duration.ofDays(30)).minusSeconds(1))).isEqualTo(State.VALID);
    assertThat(expiry.state(END.minus(Duration.ofDays(30)))).isEqualTo(State.ENDS_SOON);
    assertThat(expiry.state(END.minusSeconds(1))).isEqualTo(State.ENDS_SOON);
    assertThat(expiry.state(END)).isEqualTo(State.ENDED);
  }

  @Test
  void days_are_whole_and_negative_after_the_end() {
    assertThat(expiry.daysLeft(END.minus(Duration.ofHours(47)))).isEqualTo(1);
    assertThat(expiry.daysLeft(END)).isZero();
    assertThat(expiry.daysLeft(END.plusSeconds(1))).isEqualTo(-1);
  }
}
