package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.aggregate.Recomputed.Change;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Due;
import io.gympulse.cloud.core.arrears.Horizon;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Brings a gateway's aggregates up to date with what is stored: computes what is due, writes it,
/// and only then strikes it off. It may die at any point, and any number may run at once: whatever
/// is not struck off is computed again, with the same outcome.
///
/// Where a window comes to end otherwise than the next one is stored to begin, the windows behind
/// it are marked before the change is written, so that a change always travels as far as it
/// reaches. Windows from which events may have expired are never touched again. Of a gym that is on
/// no floor plan, what is due stays due until it is on one: which machines it has is not known.
public final class Aggregator {
  /// How many windows are computed, and written, before the next are read: a day's.
  private static final int MOST_WINDOWS = 96;

  /// How many windows it takes on at most, the oldest first: two days' worth, so that a month's
  /// backlog of one gateway keeps back neither the others nor the schedule.
  static final int MOST_DUE = 2 * MOST_WINDOWS;

  /// How often it begins anew because others wrote meanwhile; what is left is due the next time.
  private static final int ATTEMPTS = 50;

  private final AggregateStores stores;
  private final int mostDue;

  public Aggregator(AggregateStores stores) {
    this(stores, MOST_DUE);
  }

  /// @param mostDue how many windows a run takes on
  Aggregator(AggregateStores stores, int mostDue) {
    this.stores = stores;
    this.mostDue = mostDue;
  }

  /// @param written how many items were written
  /// @param settled whether nothing is left of what was due; if not, the next run goes on
  public record Outcome(int written, boolean settled) {}

  /// @param beyond windows that turned out to be due as well and are marked now; nothing that
  ///     reaches them is written before they are computed with it
  /// @param whole whether all of it is written; if not, somebody else wrote meanwhile, or more is
  ///     due than was thought
  private record Pass(Set<Mark> written, Set<Mark> beyond, boolean whole) {}

  /// Computes the oldest portion of what is due.
  ///
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the store cannot be used
  ///     now; the next run does what this one left
  public Outcome aggregate(GatewayId gateway, Instant now) {
    int writes = 0;
    Set<Mark> doubted = new HashSet<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Gateway> known = stores.gateways().find(gateway);
      Horizon horizon = stores.horizon(now);
      if (known.isEmpty() || (known.get().dueWindows(horizon) == 0 && doubted.isEmpty())) {
        return new Outcome(writes, true);
      }
      Gateway record = known.get();
      if (stores.floorPlans().find(record.address().gym()).isEmpty()) {
        return new Outcome(writes, true);
      }
      Due due = record.due(horizon, mostDue);
      Set<Mark> tasks = tasks(record.address().gym(), due, horizon);
      tasks.addAll(doubted);
      Pass pass = write(record.address(), tasks, now);
      writes += pass.written().size();
      if (pass.whole() && (settle(record, due) || pass.written().isEmpty())) {
        return new Outcome(writes, due.windows() == record.dueWindows(horizon));
      }
      // Somebody else may have computed the same with newer knowledge, and found nothing to write.
      doubted.addAll(pass.written());
      doubted.addAll(pass.beyond());
    }
    return new Outcome(writes, false);
  }

  private Set<Mark> tasks(GymId gym, Due due, Horizon horizon) {
    Set<Mark> tasks = new HashSet<>(due.marks().keySet());
    for (CategoryId category : categories(gym)) {
      due.wholeGym().forEach(it -> tasks.add(new Mark(category, it)));
    }
    tasks.removeIf(it -> !horizon.holds(it.window()));
    return tasks;
  }

  private SortedSet<CategoryId> categories(GymId gym) {
    SortedSet<CategoryId> categories = new TreeSet<>(Comparator.comparing(CategoryId::value));
    List<Machine> machines =
        stores.floorPlans().find(gym).map(FloorPlan::machines).orElse(List.of());
    machines.forEach(it -> categories.add(it.category()));
    return categories;
  }

  private Pass write(GatewayAddress gateway, Set<Mark> tasks, Instant now) {
    Map<CategoryId, Set<Window>> byCategory =
        new TreeMap<>(Comparator.comparing(CategoryId::value));
    tasks.forEach(
        it -> byCategory.computeIfAbsent(it.category(), _ -> new HashSet<>()).add(it.window()));
    Recomputation recomputation = new Recomputation(stores, gateway, now);
    Set<Mark> written = new HashSet<>();
    for (Map.Entry<CategoryId, Set<Window>> entry : byCategory.entrySet()) {
      for (Run run : Run.of(entry.getKey(), entry.getValue(), MOST_WINDOWS)) {
        Recomputed recomputed = recomputation.of(run, tasks);
        if (!recomputed.beyond().isEmpty()) {
          mark(gateway.gateway(), recomputed.beyond());
          return new Pass(written, recomputed.beyond(), false);
        }
        Set<Mark> replaced = replace(recomputed.changes());
        written.addAll(replaced);
        if (replaced.size() < recomputed.changes().size()) {
          return new Pass(written, Set.of(), false);
        }
      }
    }
    return new Pass(written, Set.of(), true);
  }

  /// Up to the first that somebody else wrote meanwhile.
  private Set<Mark> replace(List<Change> changes) {
    Set<Mark> replaced = new HashSet<>();
    stores
        .together()
        .accept(
            () ->
                changes.stream()
                    .takeWhile(it -> stores.aggregates().replace(it.expected(), it.next()))
                    .forEach(it -> replaced.add(it.mark())));
    return replaced;
  }

  private void mark(GatewayId gateway, Set<Mark> marks) {
    boolean kept = false;
    while (!kept) {
      Gateway record = stores.gateways().find(gateway).orElseThrow();
      kept =
          stores
              .gateways()
              .replace(
                  Optional.of(record),
                  new Gateway(
                      record.address(),
                      record.presence(),
                      record.coverage(),
                      record.arrears().marked(marks)));
    }
  }

  /// @return whether nobody else had struck off or marked anything since `known` was read
  private boolean settle(Gateway known, Due due) {
    while (true) {
      Gateway record = stores.gateways().find(known.address().gateway()).orElseThrow();
      if (stores.gateways().replace(Optional.of(record), record.settled(due))) {
        return record.arrears().equals(known.arrears());
      }
    }
  }
}
