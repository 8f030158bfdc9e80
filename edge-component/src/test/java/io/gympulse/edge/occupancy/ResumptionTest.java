package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.UnknownReason;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResumptionTest {
  private static final Instant NOW = Floor.at(100_000);

  @Test
  void a_machine_never_seen_has_no_reading() {
    assertThat(resumed(Optional.empty(), Optional.empty()))
        .isEqualTo(Floor.unknown(UnknownReason.NO_READING, 100_000));
  }

  @Test
  void a_machine_seen_before_is_unknown_since_the_gateway_was_last_alive() {
    assertThat(resumed(Optional.of(Floor.occupied(10_000)), Optional.of(Floor.at(40_000))))
        .isEqualTo(Floor.unknown(UnknownReason.GATEWAY_OFF, 40_000));
  }

  @Test
  void but_never_before_its_last_event() {
    assertThat(resumed(Optional.of(Floor.free(50_000)), Optional.of(Floor.at(40_000))))
        .isEqualTo(Floor.unknown(UnknownReason.GATEWAY_OFF, 50_000));
    assertThat(resumed(Optional.of(Floor.free(50_000)), Optional.empty()))
        .isEqualTo(Floor.unknown(UnknownReason.GATEWAY_OFF, 50_000));
  }

  @Test
  void a_second_start_without_a_reading_between_changes_nothing() {
    MachineState off = Floor.unknown(UnknownReason.GATEWAY_OFF, 40_000);
    assertThat(resumed(Optional.of(off), Optional.of(Floor.at(90_000)))).isEqualTo(off);
  }

  private static MachineState resumed(Optional<MachineState> last, Optional<Instant> alive) {
    return Resumption.of(Floor.MACHINE, last, alive, NOW);
  }
}
