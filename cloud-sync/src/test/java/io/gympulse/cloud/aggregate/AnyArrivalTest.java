package io.gympulse.cloud.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Events, reports and coverage arrive in any order, any grouping, any number of times, and
/// aggregators run at any moment: in the end the items are those of one run over all of it.
class AnyArrivalTest {
  private static final Duration GRID = Duration.ofSeconds(10);

  @Example
  void an_item_may_become_unknown_again() {
    the_items_do_not_depend_on_when_what_arrived(-9028467676293833810L);
  }

  @Property(tries = 150)
  void the_items_do_not_depend_on_when_what_arrived(@ForAll long seed) {
    Random random = new Random(seed);
    List<Consumer<TestGym>> arrivals = arrivals(random);
    Instant now = TestGym.NOON.plus(Duration.ofDays(1));
    TestGym atOnce = new TestGym();
    arrivals.forEach(it -> it.accept(atOnce));
    atOnce.aggregate(now);

    List<Consumer<TestGym>> shuffled = new ArrayList<>(arrivals);
    arrivals.stream().filter(_ -> random.nextInt(4) == 0).forEach(shuffled::add);
    Collections.shuffle(shuffled, random);
    TestGym bitByBit = new TestGym();
    Instant clock = TestGym.NOON;
    for (Consumer<TestGym> arrival : shuffled) {
      arrival.accept(bitByBit);
      if (random.nextInt(3) == 0) {
        clock = clock.plus(Duration.ofMinutes(random.nextInt(30)));
        bitByBit.aggregate(clock);
      }
    }
    bitByBit.aggregate(now);

    assertThat(known(bitByBit)).isEqualTo(known(atOnce));
    assertThat(bitByBit.record().due(now).isEmpty()).isTrue();
  }

  /// Without the items in which nothing is known: readers take an absent item for the same. One is
  /// left where a status was known for a while and a later change took it out of the window.
  private static List<CategoryBin> known(TestGym gym) {
    return gym.bins().stream()
        .filter(it -> it.machines().values().stream().anyMatch(m -> !m.equals(MachineBin.UNKNOWN)))
        .toList();
  }

  private static List<Consumer<TestGym>> arrivals(Random random) {
    List<Consumer<TestGym>> arrivals = new ArrayList<>();
    RandomDay coverage = RandomDay.of(random.nextLong(), GRID);
    // An outbox has one beginning, and its coverage may reach any distance again and again.
    for (Interval it : coverage.covered().subList(0, Math.min(2, coverage.covered().size()))) {
      arrivals.add(gym -> gym.begun(it.outbox(), it.from()));
      arrivals.add(gym -> gym.covered(it.outbox(), it.to()));
      arrivals.add(gym -> gym.covered(it.outbox(), midway(it)));
    }
    Map<MachineId, Integer> machines =
        Map.of(TestGym.BIKE, 100, TestGym.ROWER, 200, TestGym.BENCH, 300);
    machines.forEach(
        (machine, from) ->
            RandomDay.of(random.nextLong(), GRID).entries().stream()
                .filter(it -> it.outbox().isPresent())
                .forEach(it -> arrivals.add(arrival(machine, from, it))));
    RandomDay.of(random.nextLong(), GRID).entries().stream()
        .filter(it -> it.outbox().isEmpty() && it.status() != MachineStatus.UNKNOWN)
        .forEach(it -> arrivals.add(gym -> gym.report(TestGym.PRESS, it.status(), it.at())));
    return arrivals;
  }

  private static Instant midway(Interval interval) {
    return interval.from().plus(Duration.between(interval.from(), interval.to()).dividedBy(2));
  }

  private static Consumer<TestGym> arrival(MachineId machine, int from, HistoryEntry entry) {
    OutboxId outbox = entry.outbox().orElseThrow();
    MachineEvent event =
        new MachineEvent(
            new Sequence(from + entry.seq()),
            machine,
            entry.status(),
            entry.reason(),
            entry.at(),
            TimeQuality.SYNCED,
            entry.summary());
    return gym -> gym.events(outbox, event);
  }
}
