package io.gympulse.cloud.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.coverage.Interval;
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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Events, reports and coverage arrive in any order, any grouping, any number of times, and
/// aggregators run at any moment: in the end the items are those of one run over all of it.
class AnyArrivalTest {
  private static final Duration GRID = Duration.ofSeconds(10);

  @Property(tries = 150)
  void the_items_do_not_depend_on_when_what_arrived(@ForAll long seed) {
    Random random = new Random(seed);
    List<Consumer<Club>> arrivals = arrivals(random);
    Instant now = Club.NOON.plus(Duration.ofDays(1));
    Club atOnce = new Club();
    arrivals.forEach(it -> it.accept(atOnce));
    atOnce.aggregate(now);

    List<Consumer<Club>> shuffled = new ArrayList<>(arrivals);
    arrivals.stream().filter(_ -> random.nextInt(4) == 0).forEach(shuffled::add);
    Collections.shuffle(shuffled, random);
    Club bitByBit = new Club();
    Instant clock = Club.NOON;
    for (Consumer<Club> arrival : shuffled) {
      arrival.accept(bitByBit);
      if (random.nextInt(3) == 0) {
        clock = clock.plus(Duration.ofMinutes(random.nextInt(30)));
        bitByBit.aggregate(clock);
      }
    }
    bitByBit.aggregate(now);

    assertThat(bitByBit.bins()).isEqualTo(atOnce.bins());
    assertThat(bitByBit.record().due(now).isEmpty()).isTrue();
  }

  private static List<Consumer<Club>> arrivals(Random random) {
    List<Consumer<Club>> arrivals = new ArrayList<>();
    Day coverage = Day.of(random.nextLong(), GRID);
    // An outbox has one beginning, and its coverage may reach any distance again and again.
    for (Interval it : coverage.covered().subList(0, Math.min(2, coverage.covered().size()))) {
      arrivals.add(club -> club.begun(it.outbox(), it.from()));
      arrivals.add(club -> club.covered(it.outbox(), it.to()));
      arrivals.add(club -> club.covered(it.outbox(), midway(it)));
    }
    Map<MachineId, Integer> machines = Map.of(Club.BIKE, 100, Club.ROWER, 200, Club.BENCH, 300);
    machines.forEach(
        (machine, from) ->
            Day.of(random.nextLong(), GRID).entries().stream()
                .filter(it -> it.outbox().isPresent())
                .forEach(it -> arrivals.add(arrival(machine, from, it))));
    Day.of(random.nextLong(), GRID).entries().stream()
        .filter(it -> it.outbox().isEmpty() && it.status() != MachineStatus.UNKNOWN)
        .forEach(it -> arrivals.add(club -> club.report(Club.PRESS, it.status(), it.at())));
    return arrivals;
  }

  private static Instant midway(Interval interval) {
    return interval.from().plus(Duration.between(interval.from(), interval.to()).dividedBy(2));
  }

  private static Consumer<Club> arrival(MachineId machine, int from, HistoryEntry entry) {
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
    return club -> club.events(outbox, event);
  }
}
