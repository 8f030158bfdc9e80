package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimestampCheckTest {
  private static final UUID OUTBOX = UUID.randomUUID();
  private static final Instant BOOT = Instant.parse("2026-03-03T16:00:00Z");

  @Test
  void a_stored_time_must_be_the_boot_time_plus_the_time_since_boot() {
    assertThat(check(Duration.ofSeconds(90), Set.of())).isEqualTo(expected(0, 0, Duration.ZERO));
  }

  @Test
  void a_wrong_time_is_found() {
    assertThat(check(Duration.ofSeconds(3_690), Set.of()))
        .isEqualTo(expected(0, 1, Duration.ofHours(1)));
  }

  @Test
  void a_bounded_time_is_not_compared() {
    assertThat(check(Duration.ofSeconds(3_690), Set.of(id())))
        .isEqualTo(expected(1, 0, Duration.ZERO));
  }

  private static TimestampCheck expected(int bounded, int mistimed, Duration largest) {
    return new TimestampCheck(1, bounded, mistimed, largest);
  }

  private static TimestampCheck check(Duration storedSinceBoot, Set<ObservedEvent.Id> bounded) {
    return TimestampCheck.check(
        List.of(new RecordedEvent(observed(Optional.empty()), "one", Duration.ofSeconds(90))),
        List.of(observed(Optional.of(BOOT.plus(storedSinceBoot)))),
        bounded,
        boot -> boot.equals("one") ? Optional.of(BOOT) : Optional.empty(),
        Duration.ofSeconds(1));
  }

  private static ObservedEvent observed(Optional<Instant> at) {
    return new ObservedEvent(id(), at, "bike", "free", "-");
  }

  private static ObservedEvent.Id id() {
    return new ObservedEvent.Id(OUTBOX, 1);
  }
}
