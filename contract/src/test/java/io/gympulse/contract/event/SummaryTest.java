package io.gympulse.contract.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final Instant BIN = Instant.parse("2026-03-01T10:15:00Z");

  @Test
  void an_event_with_a_summary_stands_for_the_sequence_numbers_before_its_own() {
    MachineEvent event = event(BIN.plusSeconds(60), summary(BIN, Duration.ofSeconds(60)));

    assertThat(event.standsFor()).isEqualTo(SeqRange.of(5, 9));
    assertThat(event(BIN, Optional.empty()).standsFor()).isEqualTo(SeqRange.of(9, 9));
  }

  @Test
  void a_summary_ends_at_its_events_time() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> event(BIN.plusSeconds(61), summary(BIN, Duration.ofSeconds(60))))
        .withMessageContaining("does not end at");
  }

  @Test
  void a_summary_is_within_one_bin() {
    Instant before = BIN.minusMillis(1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> event(BIN, summary(before, Duration.ofMillis(1))))
        .withMessageContaining("quarter of an hour");
  }

  private static Optional<Summary> summary(Instant from, Duration occupied) {
    return Optional.of(
        new Summary(new Sequence(5), from, occupied, Duration.ZERO, Duration.ZERO, 2));
  }

  private static MachineEvent event(Instant at, Optional<Summary> summary) {
    return new MachineEvent(
        new Sequence(9),
        new MachineId("bike-1"),
        MachineStatus.FREE,
        Optional.empty(),
        at,
        TimeQuality.SYNCED,
        summary);
  }
}
