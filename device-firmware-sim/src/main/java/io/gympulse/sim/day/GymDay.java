package io.gympulse.sim.day;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.sim.day.Arrivals.ArrivalRate;
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

/// Simulates the visitors of a gym: an infinite stream of machine uses in order of their start.
/// Visitors arrive, take a free machine of each category they planned, wait for it for some time or
/// skip it, and leave. Uses of a machine do not overlap; there is a short gap between two.
///
/// The stream depends only on floor plan, seed and curve: it is the same for any start on a day, as
/// it begins at the gym's last empty hour. (On a pinned curve the gym has no empty hour, so this is
/// true for starts between the same two local 5 o'clocks.) Uses that ended before the start are
/// part of the stream. Not thread-safe.
public final class GymDay implements Iterator<MachineUse> {
  /// Demand in the busiest hour as a share of the gym's machine hours.
  private static final double DEMAND = 0.8;

  /// A scheduled event of the simulation; `order` makes the order of simultaneous events
  /// deterministic.
  private sealed interface FloorEvent {
    Instant at();

    long order();

    record Arrives(Instant at, long order, Visitor visitor) implements FloorEvent {}

    record StartsUse(Instant at, long order, Visitor visitor, MachineId machine)
        implements FloorEvent {}

    record Leaves(Instant at, long order, Visitor visitor, MachineId machine)
        implements FloorEvent {}

    record GivesUp(Instant at, long order, Visitor visitor, CategoryId category)
        implements FloorEvent {}
  }

  private final MachineAllocator machines;
  private final Arrivals arrivals;
  private final PriorityQueue<FloorEvent> agenda =
      new PriorityQueue<>(
          Comparator.comparing(FloorEvent::at).thenComparingLong(FloorEvent::order));
  private long scheduled;

  /// @param start the stream begins at the last empty hour before this time
  public GymDay(FloorPlan plan, Seed seed, ArrivalCurve curve, Instant start) {
    Map<MachineId, CategoryId> categories =
        plan.machines().stream().collect(Collectors.toMap(Machine::id, Machine::category));
    Map<CategoryId, Integer> counts =
        categories.values().stream()
            .collect(Collectors.groupingBy(category -> category, Collectors.summingInt(one -> 1)));
    ArrivalRate rate = new ArrivalRate(curve, plan.gym().zone(), busiestPerHour(categories.size()));
    this.machines = new MachineAllocator(categories);
    arrivals =
        new Arrivals(
            rate,
            new Workouts(counts),
            seed.split(plan.gym().id().value()),
            rate.lastEmptyTime(start));
    scheduleNextArrival();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public MachineUse next() {
    while (true) {
      FloorEvent event = agenda.poll();
      if (event == null) {
        throw new NoSuchElementException("there are no more arrivals");
      }
      Optional<MachineUse> begun = handle(event);
      if (begun.isPresent()) {
        return begun.get();
      }
    }
  }

  private Optional<MachineUse> handle(FloorEvent event) {
    return switch (event) {
      case FloorEvent.Arrives arrives -> {
        scheduleNextArrival();
        seekNext(arrives.visitor(), arrives.at());
        yield Optional.empty();
      }
      case FloorEvent.GivesUp gaveUp -> {
        if (machines.dequeue(gaveUp.category(), gaveUp.visitor())) {
          seekNext(gaveUp.visitor(), gaveUp.at());
        }
        yield Optional.empty();
      }
      case FloorEvent.StartsUse starts -> Optional.of(begin(starts));
      case FloorEvent.Leaves leaves -> {
        machines
            .release(leaves.machine())
            .ifPresent(first -> walkTo(leaves.machine(), first, leaves.at()));
        seekNext(leaves.visitor(), leaves.at());
        yield Optional.empty();
      }
    };
  }

  private void scheduleNextArrival() {
    Visitor visitor = arrivals.next();
    agenda.add(new FloorEvent.Arrives(visitor.arrival(), scheduled++, visitor));
  }

  private void seekNext(Visitor visitor, Instant now) {
    Optional<CategoryId> category = visitor.nextCategory();
    if (category.isEmpty()) {
      return;
    }
    Optional<MachineId> machine = machines.take(category.get(), visitor.random());
    if (machine.isPresent()) {
      walkTo(machine.get(), visitor, now);
    } else {
      machines.enqueue(category.get(), visitor);
      Instant deadline = now.plus(between(30, 300, visitor.random()));
      agenda.add(new FloorEvent.GivesUp(deadline, scheduled++, visitor, category.get()));
    }
  }

  private void walkTo(MachineId machine, Visitor visitor, Instant now) {
    Instant arrival = now.plus(between(8, 90, visitor.random()));
    agenda.add(new FloorEvent.StartsUse(arrival, scheduled++, visitor, machine));
  }

  private MachineUse begin(FloorEvent.StartsUse starts) {
    MachineUse use =
        Workouts.profileOf(machines.categoryOf(starts.machine()))
            .use(starts.machine(), starts.at(), starts.visitor().random());
    agenda.add(new FloorEvent.Leaves(use.to(), scheduled++, starts.visitor(), starts.machine()));
    return use;
  }

  private static double busiestPerHour(int machines) {
    return DEMAND * machines * Duration.ofHours(1).toMinutes() / Workouts.MEAN_VISIT.toMinutes();
  }

  private static Duration between(int leastSeconds, int mostSeconds, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(leastSeconds * 1_000L, mostSeconds * 1_000L));
  }
}
