package io.gympulse.sim.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.id.MachineId;
import io.gympulse.sim.Plans;
import io.gympulse.sim.day.GroundTruth.Fact;
import io.gympulse.sim.day.GroundTruth.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GymDayTest {
  /// Monday 14:00 in Zurich.
  private static final Instant START = Instant.parse("2026-03-02T13:00:00Z");

  private static final FloorPlan PLAN = Plans.of(6, 6, Behaviour.LEVEL, 0);

  @Property(tries = 40)
  void a_machine_is_never_used_by_two_at_once(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 4) int treadmills) {
    FloorPlan plan = Plans.of(treadmills, 3, Behaviour.LEVEL, 0);
    Map<MachineId, Instant> freeSince = new HashMap<>();
    Instant last = Instant.MIN;
    for (MachineUse use : take(day(plan, seed, START), 300)) {
      assertThat(use.from()).isAfterOrEqualTo(last);
      assertThat(use.from()).isAfter(freeSince.getOrDefault(use.machine(), Instant.MIN));
      freeSince.put(use.machine(), use.to());
      last = use.from();
    }
  }

  @Property(tries = 40)
  void the_states_of_a_machine_alternate_from_its_initial_state_on(@ForAll long seed) {
    record Subject(MachineId machine, Fact fact) {}
    Map<Subject, Transition> latest = new HashMap<>();
    Set<MachineId> occupied = new HashSet<>();
    Instant last = START;
    for (Transition now : take(transitions(seed, START), 800)) {
      Transition before = latest.put(new Subject(now.machine(), now.fact()), now);
      assertThat(now.at()).isAfterOrEqualTo(last);
      if (before == null) {
        assertThat(now.at()).isEqualTo(START);
      } else {
        assertThat(now.holds()).isNotEqualTo(before.holds());
        assertThat(now.at()).isAfter(before.at());
      }
      if (now.fact() == Fact.MOVED) {
        assertThat(!now.holds() || occupied.contains(now.machine()))
            .as("a machine is moved only while it is in use")
            .isTrue();
      } else if (now.holds()) {
        occupied.add(now.machine());
      } else {
        occupied.remove(now.machine());
      }
      last = now.at();
    }
    assertThat(latest).hasSize(2 * PLAN.machines().size());
  }

  @Property(tries = 20)
  void the_same_seed_gives_the_same_day(@ForAll long seed) {
    assertThat(take(day(PLAN, seed, START), 200)).isEqualTo(take(day(PLAN, seed, START), 200));
  }

  @Test
  void another_seed_gives_another_day() {
    assertThat(take(day(PLAN, 1, START), 50)).isNotEqualTo(take(day(PLAN, 2, START), 50));
  }

  @Property(tries = 20)
  void a_later_start_gives_the_rest_of_the_same_day(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 170) int minutes) {
    Instant later = START.plus(Duration.ofMinutes(minutes));
    List<Transition> whole =
        take(transitions(seed, START), 800).stream()
            .filter(transition -> transition.at().isAfter(later))
            .toList();
    List<Transition> rest =
        take(transitions(seed, later), 800).stream()
            .filter(transition -> transition.at().isAfter(later))
            .limit(whole.size())
            .toList();

    assertThat(rest).isNotEmpty().isEqualTo(whole.subList(0, rest.size()));
  }

  @Test
  void a_pinned_hour_has_visitors_at_night_and_from_its_start() {
    Instant night = Instant.parse("2026-03-03T02:30:00Z");
    ArrivalCurve curve = ArrivalCurve.campus().pinnedTo(18);
    List<Transition> opening =
        take(transitions(new GymDay(PLAN, new Seed(7), curve, night), night), 24);

    assertThat(opening).allMatch(transition -> transition.at().equals(night));
    assertThat(opening.stream().filter(it -> it.fact() == Fact.OCCUPIED && it.holds()))
        .hasSizeBetween(4, 12);
  }

  @Test
  void the_busiest_hour_keeps_machines_busy_but_not_all_of_them() throws Exception {
    FloorPlan plan = Plans.shipped("downtown");
    Instant end = START.plus(Duration.ofHours(8));
    GymDay day = new GymDay(plan, new Seed(3), ArrivalCurve.campus().pinnedTo(17), START);
    long millis = 0;
    for (MachineUse use = day.next(); use.from().isBefore(end); use = day.next()) {
      Instant from = use.from().isBefore(START) ? START : use.from();
      Instant to = use.to().isAfter(end) ? end : use.to();
      millis += Math.max(0, Duration.between(from, to).toMillis());
    }
    double share = (double) millis / Duration.between(START, end).toMillis() / 24;

    assertThat(share).isBetween(0.5, 0.9);
  }

  @Test
  void the_gym_is_empty_at_night() {
    Instant quiet = Instant.parse("2026-03-03T03:30:00Z");

    assertThat(take(transitions(11, quiet), 24)).noneMatch(Transition::holds);
  }

  private static Iterator<MachineUse> day(FloorPlan plan, long seed, Instant start) {
    return new GymDay(plan, new Seed(seed), ArrivalCurve.campus(), start);
  }

  private static Iterator<Transition> transitions(long seed, Instant start) {
    return transitions(day(PLAN, seed, start), start);
  }

  private static Iterator<Transition> transitions(Iterator<MachineUse> uses, Instant start) {
    return new GroundTruth(uses, PLAN.machines().stream().map(Machine::id).toList(), start);
  }

  private static <T> List<T> take(Iterator<T> stream, int count) {
    List<T> taken = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      taken.add(stream.next());
    }
    return taken;
  }
}
