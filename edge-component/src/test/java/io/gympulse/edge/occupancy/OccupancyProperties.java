package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine.Fusion;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
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
  private static final int LONGEST_OFF_DELAY = 16_000;
  private static final long END = 300_000_000;

  /// @param kind what happens, and to which sensor
  /// @param after milliseconds since the input before
  record Input(int kind, boolean active, int after) {}

  /// The timing of a level sensor, of a pulse sensor and of a wheel's sensor on one machine.
  record Plan(Fusion fusion, SensorTiming seat, SensorTiming motion) {
    TestMachine machine() {
      return new TestMachine(
          fusion,
          TestMachine.level("seat", seat),
          TestMachine.pulse("motion", motion),
          TestMachine.sensor("wheel", Behaviour.ROTATION, motion.withoutOffDelay()));
    }
  }

  @Provide
  Arbitrary<Plan> plans() {
    Arbitrary<SensorTiming> timings =
        Combinators.combine(
                Arbitraries.of(0, 300, SETTLE),
                Arbitraries.of(0, 3_000, 20_000),
                Arbitraries.of(0, 5_000, 90_000),
                Arbitraries.of(0, 100_000),
                Arbitraries.of(0, LONGEST_OFF_DELAY))
            .as(
                (settle, minimumOn, hold, silent, off) -> {
                  SensorTiming timing =
                      SensorTiming.NONE
                          .withSettle(Duration.ofMillis(settle))
                          .withMinimumOn(Duration.ofMillis(minimumOn))
                          .withHold(Duration.ofMillis(hold));
                  timing = off == 0 ? timing : timing.withOffDelay(Duration.ofMillis(off));
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
            Arbitraries.integers().between(0, 15),
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
    MachineState last = TestMachine.unknown(UnknownReason.NO_READING, 0);
    for (MachineState state : run(plan, inputs, false)) {
      assertThat(List.of(state.status(), state.reason()))
          .isNotEqualTo(List.of(last.status(), last.reason()));
      assertThat(state.since()).isBetween(last.since(), TestMachine.at(END));
      last = state;
    }
  }

  @Property(tries = 500)
  void the_times_of_all_statuses_add_up_to_the_whole(
      @ForAll("plans") Plan plan, @ForAll("inputs") List<Input> inputs) {
    Map<MachineStatus, Duration> times = new EnumMap<>(MachineStatus.class);
    MachineState last = TestMachine.unknown(UnknownReason.NO_READING, 0);
    List<MachineState> transitions = new ArrayList<>(run(plan, inputs, false));
    transitions.add(TestMachine.free(END));
    for (MachineState state : transitions) {
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
  void nothing_is_added_before_the_watermark(
      @ForAll("plans") Plan plan, @ForAll("inputs") List<Input> inputs) {
    TestMachine machine = plan.machine();
    Instant watermark = TestMachine.at(0);
    long now = 0;
    for (Input input : inputs) {
      now += input.after();
      int before = machine.transitions().size();
      feed(machine, input, now);
      for (MachineState added :
          machine.transitions().subList(before, machine.transitions().size())) {
        assertThat(added.since()).isAfterOrEqualTo(watermark);
      }
      assertThat(machine.watermark()).isAfterOrEqualTo(watermark);
      watermark = machine.watermark();
    }
  }

  /// After a restart, machines are unknown since the watermark.
  @Property(tries = 500)
  void the_loss_of_a_source_makes_unknown_what_a_restart_would(
      @ForAll("plans") Plan plan,
      @ForAll("inputs") List<Input> inputs,
      @ForAll @IntRange(max = 90_000) int later) {
    TestMachine machine = new TestMachine(TestMachine.pulse("motion", plan.motion()));
    long now = 0;
    for (Input input : inputs) {
      now += input.after();
      feed(machine, input, now);
    }
    machine.tick(now + later);
    Instant watermark = machine.watermark();
    int before = machine.transitions().size();
    machine.down("motion", now + later).tick(END);
    for (MachineState added : machine.transitions().subList(before, machine.transitions().size())) {
      assertThat(added).isEqualTo(unknownSince(watermark));
    }
  }

  private static MachineState unknownSince(Instant at) {
    return TestMachine.unknown(
        UnknownReason.SOURCE_DOWN, Duration.between(TestMachine.at(0), at).toMillis());
  }

  @Property(tries = 500)
  void the_watermark_is_held_back_no_longer_than_a_decision_can_take(
      @ForAll("plans") Plan plan, @ForAll("inputs") List<Input> inputs) {
    TestMachine machine = plan.machine();
    long now = 0;
    for (Input input : inputs) {
      now += input.after();
      feed(machine, input, now);
    }
    long decided = now + 100_000 + LONGEST_OFF_DELAY + LONGEST_OFF_DELAY / 16;
    machine.tick(decided);
    assertThat(machine.watermark()).isEqualTo(TestMachine.at(decided));
  }

  @Property(tries = 500)
  void a_bounce_inside_the_settle_time_changes_nothing(
      @ForAll @Size(max = 12) List<@IntRange(min = 2 * SETTLE, max = 120_000) Integer> gaps,
      @ForAll @Size(max = 8) List<@IntRange(max = SETTLE - 1) Integer> bounces,
      @ForAll("plans") Plan plan) {
    SensorTiming timing = plan.seat().withSettle(Duration.ofMillis(SETTLE));
    Sensor seat =
        TestMachine.level(
            "seat",
            new SensorTiming(
                timing.settle(),
                timing.minimumOn(),
                Duration.ZERO,
                timing.hold(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty()));
    assertThat(edges(seat, gaps, bounces)).isEqualTo(edges(seat, gaps, List.of()));
  }

  private static List<MachineState> edges(Sensor seat, List<Integer> gaps, List<Integer> bounces) {
    List<Integer> inside = bounces.stream().sorted().toList();
    TestMachine machine = new TestMachine(seat);
    boolean active = false;
    long now = 0;
    machine.read("seat", false, now);
    for (int gap : gaps) {
      now += gap;
      active = !active;
      machine.read("seat", active, now);
      for (int i = 0; i + 1 < inside.size(); i += 2) {
        machine.read("seat", !active, now + inside.get(i));
        machine.read("seat", active, now + inside.get(i + 1));
      }
    }
    return List.copyOf(machine.tick(now + 200_000).transitions());
  }

  private static List<MachineState> run(Plan plan, List<Input> inputs, boolean ticksBetween) {
    TestMachine machine = plan.machine();
    long now = 0;
    for (Input input : inputs) {
      if (ticksBetween) {
        machine.tick(now + input.after() / 3).tick(now + input.after() / 2);
      }
      now += input.after();
      feed(machine, input, now);
    }
    return List.copyOf(machine.tick(Math.max(now, END)).transitions());
  }

  private static void feed(TestMachine machine, Input input, long now) {
    switch (input.kind()) {
      case 0 -> machine.down("seat", now);
      case 1 -> machine.down("motion", now);
      case 13 -> machine.unavailable(input.active() ? "seat" : "motion", now);
      case 2 -> machine.up("seat", now).up("motion", now);
      case 3 -> machine.overflow(input.active() ? "seat" : "motion", now);
      case 4, 5 -> machine.tick(now);
      case 14, 15 -> machine.read("wheel", input.active(), now);
      case 6, 7, 8, 9 -> machine.read("seat", input.active(), now);
      default -> machine.read("motion", input.active(), now);
    }
  }
}
