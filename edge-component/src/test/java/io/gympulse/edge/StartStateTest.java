package io.gympulse.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartStateTest {
  private static final MachineId MACHINE = new MachineId("bike-1");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Stamp NOW = withoutWall("boot-3", 100);

  @Test
  void a_new_machine_has_no_reading() {
    assertThat(startState(Optional.empty(), Optional.empty()))
        .isEqualTo(unknown(UnknownReason.NO_READING, NOW));
  }

  @Test
  void a_known_machine_is_unknown_since_the_gateway_was_last_alive() {
    Stamp alive = withoutWall("boot-2", 40);
    assertThat(startState(free(withoutWall("boot-2", 10)), Optional.of(alive)))
        .isEqualTo(unknown(UnknownReason.GATEWAY_OFF, alive));
  }

  @Test
  void a_machine_is_never_unknown_before_its_last_event() {
    Stamp last = withoutWall("boot-2", 50);
    assertThat(startState(free(last), Optional.of(withoutWall("boot-2", 40))))
        .isEqualTo(unknown(UnknownReason.GATEWAY_OFF, last));
    assertThat(startState(free(last), Optional.empty()))
        .isEqualTo(unknown(UnknownReason.GATEWAY_OFF, last));
  }

  @Test
  void a_mark_of_a_later_boot_is_later_than_an_event() {
    Stamp alive = withoutWall("boot-2", 5);
    assertThat(startState(free(withoutWall("boot-1", 90)), Optional.of(alive)))
        .isEqualTo(unknown(UnknownReason.GATEWAY_OFF, alive));
  }

  @Test
  void an_event_of_this_boot_is_later_than_a_mark_of_another() {
    Stamp last = withoutWall("boot-3", 1);
    assertThat(startState(free(last), Optional.of(withoutWall("boot-2", 90))))
        .isEqualTo(unknown(UnknownReason.GATEWAY_OFF, last));
  }

  @Test
  void wall_times_decide_between_other_boots() {
    Stamp last = withWall("boot-2", 5, NOON);
    Stamp earlier = withWall("boot-1", 90, NOON.minusSeconds(60));
    assertThat(startState(free(last), Optional.of(earlier)))
        .isEqualTo(unknown(UnknownReason.GATEWAY_OFF, last));
    assertThat(startState(free(earlier), Optional.of(last)))
        .isEqualTo(unknown(UnknownReason.GATEWAY_OFF, last));
  }

  @Test
  void a_second_start_without_a_reading_between_changes_nothing() {
    Occurrence off = unknown(UnknownReason.GATEWAY_OFF, withoutWall("boot-1", 40));
    assertThat(startState(Optional.of(off), Optional.of(withoutWall("boot-2", 90)))).isEqualTo(off);
  }

  private static Occurrence startState(Optional<Occurrence> last, Optional<Stamp> alive) {
    return StartState.of(MACHINE, last, alive, NOW);
  }

  private static Optional<Occurrence> free(Stamp stamp) {
    return Optional.of(new Occurrence(MACHINE, MachineStatus.FREE, Optional.empty(), stamp));
  }

  private static Occurrence unknown(UnknownReason reason, Stamp stamp) {
    return new Occurrence(MACHINE, MachineStatus.UNKNOWN, Optional.of(reason), stamp);
  }

  private static Stamp withoutWall(String boot, long seconds) {
    return new Stamp(new BootId(boot), Duration.ofSeconds(seconds), Optional.empty());
  }

  private static Stamp withWall(String boot, long seconds, Instant at) {
    return new Stamp(
        new BootId(boot),
        Duration.ofSeconds(seconds),
        Optional.of(new Stamp.Wall(at, TimeQuality.SYNCED)));
  }
}
