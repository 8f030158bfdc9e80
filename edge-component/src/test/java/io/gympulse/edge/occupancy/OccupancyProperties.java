package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Fusion;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OccupancyProperties {
  private static final int SETTLE = 2_000;
  private static final long END = 300_000_000;

  /// @param kind what happens, and to which sensor
  /// @param after milliseconds since the input before
  record Input(int kind, boolean active, int after) {}

  /// The timing of a level sensor and of a pulse sensor on one machine.
  record Plan(Fusion fusion, SensorTiming seat, SensorTiming motion) {
    Floor floor() {
      return new Floor(fusion, Floor.level("seat", seat), Floor.pulse("motion", motion));
    }
  }

  @Provide
  Arbitrary<Plan> plans() {
    Arbitrary<SensorTiming> timings =
        Combinators.combine(
                Arbitraries.of(0, 300, SETTLE),
                Arbitraries.of(0, 3_000, 20_000),
                Arbitraries.of(0, 5_000, 90_000),
                Arbitraries.of(0, 100_000))
            .as(
                (settle, minimumOn, hold, silent) -> {
                  SensorTiming timing =
                      SensorTiming.NONE
                          .withSettle(Duration.ofMillis(settle))
                          .withMinimumOn(Duration.ofMillis(minimumOn))
                          .withHold(Duration.ofMillis(hold));
                  return silent == 0 ? timing : timing.withSilentAfter(Duration.ofMillis(silent));
                });
    return Combinators.combine(Arbitraries.of(Fusion.class), timings, timings)
        .as((fusion, seat, motion) -> new Plan(fusion, seat, pulse(motion)));
  }

  private static SensorTiming pulse(SensorTiming timing) {
    return timing.withHold(Duration.ZERO).withVacancyTimeout(Duration.ofSeconds(60));
  }

  @Provide
  Arbitrary<List<Input>> inputs() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 13),
            Arbitraries.of(true, false),
            Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(0, 1_000)),
                Tuple.of(8, Arbitraries.integers().between(0, 5_000)),
                Tuple.of(4, Arbitraries.integers().between(0, 100_000)),
                Tuple.of(1, Arbitraries.integers().between(0, 30_000_000))))
        .as(Input::new)
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 500)
  void no_two_transitions_in_a_row_are_equal_and_time_never_runs_back(
      @ForAll("plans") Plan plan, @ForAll("inputs") List<Input> inputs) {
    MachineState last = Floor.unknown(UnknownReason.NO_READING, 0);
    for (MachineState state : run(plan, inputs, false)) {
      assertThat(List.of(state.status(), state.reason()))
          .isNotEqualTo(List.of(last.status(), last.reason()));
      assertThat(state.since()).isBetween(last.since(), Floor.at(END));
      last = state;
    }
  }

  @Property(tries = 500)
  void the_times_of_all_statuses_add_up_to_the_whole(
      @ForAll("plans") Plan plan, @ForAll("inputs") List<Input> inputs) {
    Map<MachineStatus, Duration> times = new EnumMap<>(MachineStatus.class);
    MachineState last = Floor.unknown(UnknownReason.NO_READING, 0);
    List<MachineState> told = new ArrayList<>(run(plan, inputs, false));
    told.add(Floor.free(END));
    for (MachineState state : told) {
      Duration length = Duration.between(last.since(), state.since());
      assertThat(length).isGreaterThanOrEqualTo(Duration.ZERO);
      times.merge(last.status(), length, Duration::plus);
      last = state;
    }
    assertThat(times.values().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMillis(END));
  }

  @Property(tries = 500)
  void how_often_ticks_come_changes_nothing(
      @ForAll("plans") Plan plan, @ForAll("inputs") List<Input> inputs) {
    assertThat(run(plan, inputs, true)).isEqualTo(run(plan, inputs, false));
  }

  @Property(tries = 500)
  void nothing_is_added_before_what_was_covered(
      @ForAll("plans") Plan plan, @ForAll("inputs") List<Input> inputs) {
    Floor floor = plan.floor();
    Instant covered = Floor.at(0);
    long now = 0;
    for (Input input : inputs) {
      now += input.after();
      int before = floor.transitions().size();
      feed(floor, input, now);
      for (MachineState added : floor.transitions().subList(before, floor.transitions().size())) {
        assertThat(added.since()).isAfterOrEqualTo(covered);
      }
      assertThat(floor.coveredTo()).isAfterOrEqualTo(covered);
      covered = floor.coveredTo();
    }
  }

  /// A gateway that starts again is unknown since what it had covered.
  @Property(tries = 500)
  void a_source_that_is_lost_makes_unknown_what_a_restart_would(
      @ForAll("plans") Plan plan,
      @ForAll("inputs") List<Input> inputs,
      @ForAll @IntRange(max = 90_000) int later) {
    Floor floor = new Floor(Floor.pulse("motion", plan.motion()));
    long now = 0;
    for (Input input : inputs) {
      now += input.after();
      feed(floor, input, now);
    }
    floor.tick(now + later);
    Instant covered = floor.coveredTo();
    int before = floor.transitions().size();
    floor.down("motion", now + later).tick(END);
    for (MachineState added : floor.transitions().subList(before, floor.transitions().size())) {
      assertThat(added).isEqualTo(unknownSince(covered));
    }
  }

  private static MachineState unknownSince(Instant at) {
    return Floor.unknown(UnknownReason.SOURCE_DOWN, Duration.between(Floor.at(0), at).toMillis());
  }

  @Property(tries = 500)
  void what_was_covered_is_not_stuck_for_longer_than_a_sensor_may_think(
      @ForAll("plans") Plan plan, @ForAll("inputs") List<Input> inputs) {
    Floor floor = plan.floor();
    long now = 0;
    for (Input input : inputs) {
      now += input.after();
      feed(floor, input, now);
    }
    floor.tick(now + 100_000);
    assertThat(floor.coveredTo()).isEqualTo(Floor.at(now + 100_000));
  }

  @Property(tries = 500)
  void a_state_written_down_and_read_back_goes_on_the_same(
      @ForAll("plans") Plan plan,
      @ForAll("inputs") List<Input> inputs,
      @ForAll @IntRange(max = 80) int restart)
      throws UnreadableStateException {
    Floor floor = plan.floor();
    Floor restored = plan.floor();
    long now = 0;
    for (int i = 0; i < inputs.size(); i++) {
      now += inputs.get(i).after();
      feed(floor, inputs.get(i), now);
      feed(restored, inputs.get(i), now);
      if (i == restart % inputs.size()) {
        restored.restored();
      }
      assertThat(restored.state()).isEqualTo(floor.state());
    }
    assertThat(restored.tick(END).transitions()).isEqualTo(floor.tick(END).transitions());
  }

  @Property(tries = 500)
  void a_bounce_inside_the_settle_time_changes_nothing(
      @ForAll @Size(max = 12) List<@IntRange(min = 2 * SETTLE, max = 120_000) Integer> gaps,
      @ForAll @Size(max = 8) List<@IntRange(max = SETTLE - 1) Integer> bounces,
      @ForAll("plans") Plan plan) {
    SensorTiming timing = plan.seat().withSettle(Duration.ofMillis(SETTLE));
    Sensor seat =
        Floor.level(
            "seat",
            new SensorTiming(
                timing.settle(),
                timing.minimumOn(),
                Duration.ZERO,
                timing.hold(),
                Optional.empty()));
    assertThat(edges(seat, gaps, bounces)).isEqualTo(edges(seat, gaps, List.of()));
  }

  private static List<MachineState> edges(Sensor seat, List<Integer> gaps, List<Integer> bounces) {
    List<Integer> inside = bounces.stream().sorted().toList();
    Floor floor = new Floor(seat);
    boolean active = false;
    long now = 0;
    floor.read("seat", false, now);
    for (int gap : gaps) {
      now += gap;
      active = !active;
      floor.read("seat", active, now);
      for (int i = 0; i + 1 < inside.size(); i += 2) {
        floor.read("seat", !active, now + inside.get(i));
        floor.read("seat", active, now + inside.get(i + 1));
      }
    }
    return List.copyOf(floor.tick(now + 200_000).transitions());
  }

  private static List<MachineState> run(Plan plan, List<Input> inputs, boolean ticksBetween) {
    Floor floor = plan.floor();
    long now = 0;
    for (Input input : inputs) {
      if (ticksBetween) {
        floor.tick(now + input.after() / 3).tick(now + input.after() / 2);
      }
      now += input.after();
      feed(floor, input, now);
    }
    return List.copyOf(floor.tick(Math.max(now, END)).transitions());
  }

  private static void feed(Floor floor, Input input, long now) {
    switch (input.kind()) {
      case 0 -> floor.down("seat", now);
      case 1 -> floor.down("motion", now);
      case 13 -> floor.away(input.active() ? "seat" : "motion", now);
      case 2 -> floor.up("seat", now).up("motion", now);
      case 3 -> floor.flooded(input.active() ? "seat" : "motion", now);
      case 4, 5 -> floor.tick(now);
      case 6, 7, 8, 9 -> floor.read("seat", input.active(), now);
      default -> floor.read("motion", input.active(), now);
    }
  }
}
