package io.gympulse.sim.day;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// What people do on a gym's floor, as an endless stream of machine uses, ascending by their begin.
/// Visitors come, look for a free machine of each category they planned, wait a little or skip it
/// when there is none, and go. No two uses of a machine overlap; between two there is a short gap.
///
/// The stream depends only on floor plan, seed and curve: begun at any time of a day, it tells the
/// same day, because it goes back to the gym's last empty hour. (On a pinned curve the gym has no
/// empty hour, so this holds for starts between the same two local 5 o'clocks.) Uses that ended
/// before the start are part of the stream. Not thread-safe.
public final class GymDay implements Iterator<MachineUse> {
  /// Share of its machine hours that a gym's busiest hour asks for.
  private static final double DEMAND = 0.8;

  private final Floor floor;
  private final Arrivals arrivals;
  private final PriorityQueue<Happening> agenda =
      new PriorityQueue<>(Comparator.comparing(Happening::at).thenComparingLong(Happening::order));
  private long happenings;

  /// @param start a time of the day to tell; the stream goes back to the quiet hour before it
  public GymDay(FloorPlan plan, Seed seed, ArrivalCurve curve, Instant start) {
    Map<MachineId, CategoryId> machines =
        plan.machines().stream().collect(Collectors.toMap(Machine::id, Machine::category));
    Map<CategoryId, Integer> counts =
        machines.values().stream()
            .collect(Collectors.groupingBy(category -> category, Collectors.summingInt(one -> 1)));
    Rhythm rhythm = new Rhythm(curve, plan.gym().zone(), busiestPerHour(machines.size()));
    floor = new Floor(machines);
    arrivals =
        new Arrivals(
            rhythm,
            new Workouts(counts),
            seed.split(plan.gym().id().value()),
            rhythm.lastQuietTime(start));
    awaitNextArrival();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public MachineUse next() {
    while (true) {
      Happening happening = agenda.poll();
      if (happening == null) {
        throw new NoSuchElementException("nobody comes any more");
      }
      Optional<MachineUse> begun = happen(happening);
      if (begun.isPresent()) {
        return begun.get();
      }
    }
  }

  private Optional<MachineUse> happen(Happening happening) {
    return switch (happening) {
      case Happening.Arrives arrives -> {
        awaitNextArrival();
        seekNext(arrives.visitor(), arrives.at());
        yield Optional.empty();
      }
      case Happening.GivesUp tired -> {
        if (floor.dequeue(tired.category(), tired.visitor())) {
          seekNext(tired.visitor(), tired.at());
        }
        yield Optional.empty();
      }
      case Happening.SitsDown sits -> Optional.of(begin(sits));
      case Happening.Leaves leaves -> {
        floor
            .release(leaves.machine())
            .ifPresent(first -> walkTo(leaves.machine(), first, leaves.at()));
        seekNext(leaves.visitor(), leaves.at());
        yield Optional.empty();
      }
    };
  }

  private void awaitNextArrival() {
    Visitor visitor = arrivals.next();
    agenda.add(new Happening.Arrives(visitor.arrival(), happenings++, visitor));
  }

  private void seekNext(Visitor visitor, Instant now) {
    Optional<CategoryId> wish = visitor.nextWish();
    if (wish.isEmpty()) {
      return;
    }
    Optional<MachineId> machine = floor.take(wish.get(), visitor.random());
    if (machine.isPresent()) {
      walkTo(machine.get(), visitor, now);
    } else {
      floor.enqueue(wish.get(), visitor);
      Instant patience = now.plus(between(30, 300, visitor.random()));
      agenda.add(new Happening.GivesUp(patience, happenings++, visitor, wish.get()));
    }
  }

  private void walkTo(MachineId machine, Visitor visitor, Instant now) {
    Instant there = now.plus(between(8, 90, visitor.random()));
    agenda.add(new Happening.SitsDown(there, happenings++, visitor, machine));
  }

  private MachineUse begin(Happening.SitsDown sits) {
    MachineUse use =
        Workouts.profileOf(floor.categoryOf(sits.machine()))
            .use(sits.machine(), sits.at(), sits.visitor().random());
    agenda.add(new Happening.Leaves(use.to(), happenings++, sits.visitor(), sits.machine()));
    return use;
  }

  private static double busiestPerHour(int machines) {
    return DEMAND * machines * Duration.ofHours(1).toMinutes() / Workouts.USUAL_VISIT.toMinutes();
  }

  private static Duration between(int leastSeconds, int mostSeconds, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(leastSeconds * 1_000L, mostSeconds * 1_000L));
  }
}
