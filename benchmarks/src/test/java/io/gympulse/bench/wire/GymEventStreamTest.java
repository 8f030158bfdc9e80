package io.gympulse.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gympulse.contract.event.MachineEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GymEventStreamTest {
  private static final GymEventStream GYM =
      new GymEventStream(40, Duration.ofMinutes(4), Duration.ofMinutes(8), Duration.ZERO);

  @Test
  void the_same_seed_gives_the_same_events() {
    assertThat(GYM.events(1, 100)).isEqualTo(GYM.events(1, 100)).isNotEqualTo(GYM.events(2, 100));
  }

  @Test
  void the_mean_interval_follows_from_the_means() {
    List<MachineEvent> events = GYM.events(1, 50_000);
    Duration all = Duration.between(events.getFirst().at(), events.getLast().at());
    assertThat(all.toMillis() / 50_000.0).isCloseTo(9_000, within(200.0));
  }

  @Test
  void a_doubled_mean_adds_one_bit() {
    GymEventStream slower =
        new GymEventStream(40, Duration.ofMinutes(8), Duration.ofMinutes(16), Duration.ZERO);
    assertThat(slower.entropyBits()).isCloseTo(GYM.entropyBits() + 1, within(1e-9));
  }
}
