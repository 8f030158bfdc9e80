package io.gympulse.sim.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.sim.Plans;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.day.GroundTruth;
import io.gympulse.sim.day.GroundTruth.Fact;
import io.gympulse.sim.day.GroundTruth.Transition;
import io.gympulse.sim.day.GymDay;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.sensor.SensorFaults.SensorFault;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SimulatedReadingsTest {
  private static final Instant START = Instant.parse("2026-03-02T16:00:00Z");
  private static final Instant END = START.plus(Duration.ofHours(2));
  private static final Duration SETTLE = Duration.ofMillis(400);

  @Property(tries = 30)
  void a_debounced_level_sensor_gives_the_ground_truth(@ForAll long seed) {
    FloorPlan plan = Plans.of(3, 3, Behaviour.LEVEL, SETTLE.toMillis());
    Map<MachineId, List<Transition>> truth = truth(plan, seed);
    Map<MachineId, List<SimulatedReading>> readings = readings(plan, seed, SensorFaults.none());

    truth.forEach(
        (machine, expected) ->
            assertThat(debounce(readings.getOrDefault(machine, List.of()))).isEqualTo(expected));
  }

  @Property(tries = 10)
  void the_stream_ascends_and_is_the_same_for_the_same_seed(@ForAll long seed) {
    FloorPlan plan = Plans.of(3, 3, Behaviour.PULSE, 0);
    List<SimulatedReading> first =
        until(stream(plan, seed, SensorFaults.none()), END, SimulatedReading::at);

    assertThat(first).extracting(SimulatedReading::at).isSorted();
    assertThat(until(stream(plan, seed, SensorFaults.none()), END, SimulatedReading::at))
        .isEqualTo(first);
  }

  @Test
  void every_sensor_sends_its_level_at_the_start_and_repeats_it() {
    FloorPlan plan = Plans.of(3, 3, Behaviour.LEVEL, 0);

    assertThat(readings(plan, 5, SensorFaults.none()).values())
        .hasSize(6)
        .allSatisfy(
            readings -> {
              assertThat(readings.getFirst().at()).isEqualTo(START);
              assertThat(gaps(readings))
                  .allMatch(gap -> gap.compareTo(SimulatedReadings.REPEAT_INTERVAL) <= 0);
            });
  }

  @Test
  void a_pulse_sensor_is_active_only_while_its_machine_is_occupied() {
    FloorPlan plan = Plans.of(3, 3, Behaviour.PULSE, 0);
    Map<MachineId, List<Transition>> truth = truth(plan, 5);

    readings(plan, 5, SensorFaults.none())
        .forEach(
            (machine, readings) ->
                assertThat(readings.stream().filter(SimulatedReading::active))
                    .isNotEmpty()
                    .allSatisfy(
                        pulse ->
                            assertThat(occupied(truth.getOrDefault(machine, List.of()), pulse.at()))
                                .isTrue()));
  }

  @Test
  void a_device_reports_no_end_of_motion_while_the_next_visitor_moves() throws Exception {
    FloorPlan plan = Plans.shipped("downtown");
    Map<MachineId, List<Transition>> truth = truth(plan, 5);
    Map<MachineId, List<SimulatedReading>> readings = readings(plan, 5, SensorFaults.none());

    for (String rack : List.of("downtown-squat-rack-1", "downtown-squat-rack-2")) {
      MachineId machine = new MachineId(rack);
      assertThat(
              readings.getOrDefault(machine, List.of()).stream()
                  .filter(it -> it.cause() == SimulatedReadings.Cause.CHANGE && !it.active()))
          .isNotEmpty()
          .allSatisfy(
              it ->
                  assertThat(occupied(truth.getOrDefault(machine, List.of()), it.at())).isFalse());
    }
  }

  @Test
  void faulty_sensors_are_stuck_dead_and_chattering_by_seed() {
    FloorPlan plan = Plans.of(5, 5, Behaviour.LEVEL, 0);
    SensorFaults faults = SensorFaults.some(MountedSensor.allOf(plan), new Seed(9));
    assertThat(faults.bySensor().values()).containsExactlyInAnyOrder(SensorFault.values());
    assertThat(SensorFaults.some(MountedSensor.allOf(plan), new Seed(9))).isEqualTo(faults);

    Map<MachineId, List<SimulatedReading>> readings = readings(plan, 9, faults);
    List<SimulatedReading> stuck =
        readings.getOrDefault(machineOf(plan, faults, SensorFault.STUCK), List.of());
    assertThat(stuck.subList(stuck.size() - 10, stuck.size())).allMatch(SimulatedReading::active);

    List<SimulatedReading> dead =
        readings.getOrDefault(machineOf(plan, faults, SensorFault.DEAD), List.of());
    assertThat(dead.getLast().at()).isBefore(START.plus(SimulatedReadings.DEAD_AFTER));

    assertThat(
            readings
                .getOrDefault(machineOf(plan, faults, SensorFault.CHATTERING), List.of())
                .size())
        .isGreaterThan(20 * stuck.size());
  }

  private static Map<MachineId, List<Transition>> truth(FloorPlan plan, long seed) {
    Collection<MachineId> machines = plan.machines().stream().map(Machine::id).toList();
    return until(new GroundTruth(day(plan, seed), machines, START), END, Transition::at).stream()
        .filter(it -> it.fact() == Fact.OCCUPIED)
        .collect(Collectors.groupingBy(Transition::machine));
  }

  private static Map<MachineId, List<SimulatedReading>> readings(
      FloorPlan plan, long seed, SensorFaults faults) {
    return until(stream(plan, seed, faults), END.plus(SETTLE), SimulatedReading::at).stream()
        .collect(Collectors.groupingBy(reading -> reading.sensor().machine()));
  }

  private static SimulatedReadings stream(FloorPlan plan, long seed, SensorFaults faults) {
    return new SimulatedReadings(
        day(plan, seed), MountedSensor.allOf(plan), faults, new Seed(seed), START);
  }

  private static GymDay day(FloorPlan plan, long seed) {
    return new GymDay(plan, new Seed(seed), ArrivalCurve.campus(), START);
  }

  /// A simple debouncer: the first level is accepted at once, a later one if it holds for the
  /// settle time, from its first report.
  private static List<Transition> debounce(List<SimulatedReading> readings) {
    List<Transition> changes = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      SimulatedReading now = readings.get(i);
      if (!changes.isEmpty() && changes.getLast().holds() == now.active()) {
        continue;
      }
      Instant settled = now.at().plus(SETTLE);
      SimulatedReading last = now;
      for (int j = i; j < readings.size() && readings.get(j).at().isBefore(settled); j++) {
        last = readings.get(j);
      }
      if (changes.isEmpty() || last.active() == now.active()) {
        changes.add(new Transition(now.at(), now.sensor().machine(), Fact.OCCUPIED, now.active()));
      }
    }
    return changes.stream().filter(change -> change.at().isBefore(END)).toList();
  }

  private static boolean occupied(List<Transition> truth, Instant at) {
    boolean occupied = false;
    for (Transition transition : truth) {
      occupied = transition.at().isAfter(at) ? occupied : transition.holds();
    }
    return occupied;
  }

  private static MachineId machineOf(FloorPlan plan, SensorFaults faults, SensorFault fault) {
    Set<SensorId> faulty =
        faults.bySensor().entrySet().stream()
            .filter(entry -> entry.getValue() == fault)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return MountedSensor.allOf(plan).stream()
        .filter(it -> faulty.contains(it.sensor().id()))
        .findFirst()
        .orElseThrow()
        .machine();
  }

  private static List<Duration> gaps(List<SimulatedReading> readings) {
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < readings.size(); i++) {
      gaps.add(Duration.between(readings.get(i - 1).at(), readings.get(i).at()));
    }
    return gaps;
  }

  private static <T> List<T> until(Iterator<T> stream, Instant end, Function<T, Instant> at) {
    List<T> taken = new ArrayList<>();
    for (T next = stream.next(); at.apply(next).isBefore(end); next = stream.next()) {
      taken.add(next);
    }
    return taken;
  }
}
