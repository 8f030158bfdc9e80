package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static final UUID OUTBOX = UUID.randomUUID();
  private static final Instant BOOT = Instant.parse("2026-03-03T16:00:00Z");

  @Test
  void a_stored_time_is_the_boot_s_beginning_and_the_time_since() {
    assertThat(judge(Duration.ofSeconds(90), Set.of())).isEqualTo(timing(0, 0, Duration.ZERO));
  }

  @Test
  void a_time_that_is_off_is_found() {
    assertThat(judge(Duration.ofSeconds(3_690), Set.of()))
        .isEqualTo(timing(0, 1, Duration.ofHours(1)));
  }

  @Test
  void what_is_only_bounded_is_not_judged_further() {
    assertThat(judge(Duration.ofSeconds(3_690), Set.of(name())))
        .isEqualTo(timing(1, 0, Duration.ZERO));
  }

  private static Timing timing(int bounded, int mistimed, Duration largest) {
    return new Timing(1, bounded, mistimed, largest);
  }

  private static Timing judge(Duration storedSinceBoot, Set<EventName> bounded) {
    return Timing.judge(
        List.of(new RecordedEvent(seen(Optional.empty()), "one", Duration.ofSeconds(90))),
        List.of(seen(Optional.of(BOOT.plus(storedSinceBoot)))),
        bounded,
        boot -> boot.equals("one") ? Optional.of(BOOT) : Optional.empty(),
        Duration.ofSeconds(1));
  }

  private static SeenEvent seen(Optional<Instant> at) {
    return new SeenEvent(name(), at, "bike", "free", "-");
  }

  private static EventName name() {
    return new EventName(OUTBOX, 1);
  }
}
