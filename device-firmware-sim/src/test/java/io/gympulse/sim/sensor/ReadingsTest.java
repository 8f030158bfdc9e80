package io.gympulse.sim.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.sim.Plans;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.day.GymDay;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.day.Transitions;
import io.gympulse.sim.day.TruthTransition;
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

class ReadingsTest {
  private static final Instant START = Instant.parse("2026-03-02T16:00:00Z");
  private static final Instant END = START.plus(Duration.ofHours(2));
  private static final Duration SETTLE = Duration.ofMillis(400);

  @Property(tries = 30)
  void a_level_sensor_tells_the_truth_once_it_is_debounced(@ForAll long seed) {
    FloorPlan plan = Plans.of(3, 3, SensorBehaviour.LEVEL, SETTLE.toMillis());
    Map<MachineId, List<TruthTransition>> truth = truth(plan, seed);
    Map<MachineId, List<SensorReading>> readings = readings(plan, seed, Faults.none());

    truth.forEach(
        (machine, expected) ->
            assertThat(debounce(readings.getOrDefault(machine, List.of()))).isEqualTo(expected));
  }

  @Property(tries = 10)
  void the_stream_ascends_and_the_same_seed_says_the_same(@ForAll long seed) {
    FloorPlan plan = Plans.of(3, 3, SensorBehaviour.PULSE, 0);
    List<SensorReading> first = until(stream(plan, seed, Faults.none()), END, SensorReading::at);

    assertThat(first).extracting(SensorReading::at).isSorted();
    assertThat(until(stream(plan, seed, Faults.none()), END, SensorReading::at)).isEqualTo(first);
  }

  @Test
  void every_sensor_states_its_level_at_the_start_and_checks_in_again() {
    FloorPlan plan = Plans.of(3, 3, SensorBehaviour.LEVEL, 0);

    assertThat(readings(plan, 5, Faults.none()).values())
        .hasSize(6)
        .allSatisfy(
            said -> {
              assertThat(said.getFirst().at()).isEqualTo(START);
              assertThat(gaps(said)).allMatch(gap -> gap.compareTo(Readings.CHECK_IN) <= 0);
            });
  }

  @Test
  void a_pulse_sensor_is_active_only_while_its_machine_is_occupied() {
    FloorPlan plan = Plans.of(3, 3, SensorBehaviour.PULSE, 0);
    Map<MachineId, List<TruthTransition>> truth = truth(plan, 5);

    readings(plan, 5, Faults.none())
        .forEach(
            (machine, said) ->
                assertThat(said.stream().filter(SensorReading::active))
                    .isNotEmpty()
                    .allSatisfy(
                        pulse ->
                            assertThat(occupied(truth.getOrDefault(machine, List.of()), pulse.at()))
                                .isTrue()));
  }

  @Test
  void broken_sensors_are_stuck_dead_and_chattering_as_the_seed_says() {
    FloorPlan plan = Plans.of(5, 5, SensorBehaviour.LEVEL, 0);
    Faults faults = Faults.some(Fitting.allOf(plan), new Seed(9));
    assertThat(faults.bySensor().values()).containsExactlyInAnyOrder(SensorFault.values());
    assertThat(Faults.some(Fitting.allOf(plan), new Seed(9))).isEqualTo(faults);

    Map<MachineId, List<SensorReading>> said = readings(plan, 9, faults);
    List<SensorReading> stuck =
        said.getOrDefault(machineOf(plan, faults, SensorFault.STUCK), List.of());
    assertThat(stuck.subList(stuck.size() - 10, stuck.size())).allMatch(SensorReading::active);

    List<SensorReading> dead =
        said.getOrDefault(machineOf(plan, faults, SensorFault.DEAD), List.of());
    assertThat(dead.getLast().at()).isBefore(START.plus(Readings.LAST_CHARGE));

    assertThat(said.getOrDefault(machineOf(plan, faults, SensorFault.CHATTERING), List.of()).size())
        .isGreaterThan(20 * stuck.size());
  }

  private static Map<MachineId, List<TruthTransition>> truth(FloorPlan plan, long seed) {
    Collection<MachineId> machines = plan.machines().stream().map(Machine::id).toList();
    return until(new Transitions(day(plan, seed), machines, START), END, TruthTransition::at)
        .stream()
        .collect(Collectors.groupingBy(TruthTransition::machine));
  }

  private static Map<MachineId, List<SensorReading>> readings(
      FloorPlan plan, long seed, Faults faults) {
    return until(stream(plan, seed, faults), END.plus(SETTLE), SensorReading::at).stream()
        .collect(Collectors.groupingBy(reading -> reading.fitting().machine()));
  }

  private static Readings stream(FloorPlan plan, long seed, Faults faults) {
    return new Readings(day(plan, seed), Fitting.allOf(plan), faults, new Seed(seed), START);
  }

  private static GymDay day(FloorPlan plan, long seed) {
    return new GymDay(plan, new Seed(seed), ArrivalCurve.campus(), START);
  }

  /// The plainest debouncer: the first level is believed at once, a later one if the sensor does
  /// not deny it within the settle time, and counts from when it was first told.
  private static List<TruthTransition> debounce(List<SensorReading> said) {
    List<TruthTransition> changes = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      SensorReading now = said.get(i);
      if (!changes.isEmpty() && changes.getLast().occupied() == now.active()) {
        continue;
      }
      Instant settled = now.at().plus(SETTLE);
      SensorReading last = now;
      for (int j = i; j < said.size() && said.get(j).at().isBefore(settled); j++) {
        last = said.get(j);
      }
      if (changes.isEmpty() || last.active() == now.active()) {
        changes.add(new TruthTransition(now.at(), now.fitting().machine(), now.active()));
      }
    }
    return changes.stream().filter(change -> change.at().isBefore(END)).toList();
  }

  private static boolean occupied(List<TruthTransition> truth, Instant at) {
    boolean occupied = false;
    for (TruthTransition transition : truth) {
      occupied = transition.at().isAfter(at) ? occupied : transition.occupied();
    }
    return occupied;
  }

  private static MachineId machineOf(FloorPlan plan, Faults faults, SensorFault fault) {
    Set<SensorId> broken =
        faults.bySensor().entrySet().stream()
            .filter(entry -> entry.getValue() == fault)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return Fitting.allOf(plan).stream()
        .filter(fitting -> broken.contains(fitting.sensor().id()))
        .findFirst()
        .orElseThrow()
        .machine();
  }

  private static List<Duration> gaps(List<SensorReading> said) {
    List<Duration> gaps = new ArrayList<>();
    for (int i = 1; i < said.size(); i++) {
      gaps.add(Duration.between(said.get(i - 1).at(), said.get(i).at()));
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
