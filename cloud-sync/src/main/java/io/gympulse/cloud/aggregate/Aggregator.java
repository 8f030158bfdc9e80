package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.aggregate.Recomputation.Change;
import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.AggregationBacklog.DueWindows;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
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

/// Updates a gateway's aggregates: computes the windows that are due, writes them, and only then
/// clears them from the gateway's backlog. It may be killed at any point, and any number may run at
/// once: windows that are not cleared are computed again, with the same result.
///
/// If a window's end status differs from the stored start status of the next window, the following
/// windows are marked as dirty before the change is written, so that a change propagates as far as
/// it has effects. Windows whose events may have expired are never changed. Windows of a gym
/// without a floor plan stay due until it has one, since its machines are not known.
public final class Aggregator {
  /// Windows that are computed and written before the next are read: a day's.
  private static final int MAX_RANGE = 96;

  /// The maximum number of windows per run, the oldest first: two days' worth, so that a month's
  /// backlog of one gateway delays neither the others nor the schedule.
  static final int MAX_DUE = 2 * MAX_RANGE;

  /// Restarts because of concurrent writers; remaining windows are due at the next run.
  private static final int MAX_ATTEMPTS = 50;

  private final AggregateStores stores;
  private final int maxDue;

  public Aggregator(AggregateStores stores) {
    this(stores, MAX_DUE);
  }

  /// @param maxDue the maximum number of windows per run
  Aggregator(AggregateStores stores, int maxDue) {
    this.stores = stores;
    this.maxDue = maxDue;
  }

  /// @param written the number of items written
  /// @param completed whether no window is due any more; if not, the next run continues
  public record Outcome(int written, boolean completed) {}

  /// @param beyond following windows that have to change as well and are marked now; a change that
  ///     affects them is written only together with theirs
  /// @param complete whether everything is written; if not, there was a concurrent writer, or
  ///     `beyond` is not empty
  private record Pass(Set<DirtyWindow> written, Set<DirtyWindow> beyond, boolean complete) {}

  /// Computes the oldest windows that are due.
  ///
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the store is
  ///     unavailable; the next run continues
  public Outcome aggregate(GatewayId gateway, Instant now) {
    int writes = 0;
    Set<DirtyWindow> recheck = new HashSet<>();
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<Gateway> known = stores.gateways().find(gateway);
      Horizon horizon = stores.horizon(now);
      if (known.isEmpty() || (known.get().dueWindows(horizon) == 0 && recheck.isEmpty())) {
        return new Outcome(writes, true);
      }
      Gateway record = known.get();
      if (stores.floorPlans().find(record.address().gym()).isEmpty()) {
        return new Outcome(writes, true);
      }
      DueWindows due = record.due(horizon, maxDue);
      Set<DirtyWindow> tasks = tasks(record.address().gym(), due, horizon);
      tasks.addAll(recheck);
      Pass pass = write(record.address(), tasks, now);
      writes += pass.written().size();
      if (pass.complete() && (clear(record, due) || pass.written().isEmpty())) {
        return new Outcome(writes, due.windows() == record.dueWindows(horizon));
      }
      // Another process may have computed the same from newer data, and found nothing to write.
      recheck.addAll(pass.written());
      recheck.addAll(pass.beyond());
    }
    return new Outcome(writes, false);
  }

  private Set<DirtyWindow> tasks(GymId gym, DueWindows due, Horizon horizon) {
    Set<DirtyWindow> tasks = new HashSet<>(due.dirty().keySet());
    for (CategoryId category : categories(gym)) {
      due.wholeGym().forEach(it -> tasks.add(new DirtyWindow(category, it)));
    }
    tasks.removeIf(it -> !horizon.contains(it.window()));
    return tasks;
  }

  private SortedSet<CategoryId> categories(GymId gym) {
    SortedSet<CategoryId> categories = new TreeSet<>(Comparator.comparing(CategoryId::value));
    List<Machine> machines =
        stores.floorPlans().find(gym).map(FloorPlan::machines).orElse(List.of());
    machines.forEach(it -> categories.add(it.category()));
    return categories;
  }

  private Pass write(GatewayAddress gateway, Set<DirtyWindow> tasks, Instant now) {
    Map<CategoryId, Set<Window>> byCategory =
        new TreeMap<>(Comparator.comparing(CategoryId::value));
    tasks.forEach(
        it -> byCategory.computeIfAbsent(it.category(), _ -> new HashSet<>()).add(it.window()));
    Recomputation recomputation = new Recomputation(stores, gateway, now);
    Set<DirtyWindow> written = new HashSet<>();
    for (Map.Entry<CategoryId, Set<Window>> entry : byCategory.entrySet()) {
      for (WindowRange range : WindowRange.of(entry.getKey(), entry.getValue(), MAX_RANGE)) {
        Recomputation.Result recomputed = recomputation.of(range, tasks);
        if (!recomputed.beyond().isEmpty()) {
          mark(gateway.gateway(), recomputed.beyond());
          return new Pass(written, recomputed.beyond(), false);
        }
        Set<DirtyWindow> replaced = replace(recomputed.changes());
        written.addAll(replaced);
        if (replaced.size() < recomputed.changes().size()) {
          return new Pass(written, Set.of(), false);
        }
      }
    }
    return new Pass(written, Set.of(), true);
  }

  /// Stops at the first one that another process wrote meanwhile.
  private Set<DirtyWindow> replace(List<Change> changes) {
    Set<DirtyWindow> replaced = new HashSet<>();
    stores
        .together()
        .accept(
            () ->
                changes.stream()
                    .takeWhile(it -> stores.aggregates().replace(it.expected(), it.next()))
                    .forEach(it -> replaced.add(it.mark())));
    return replaced;
  }

  private void mark(GatewayId gateway, Set<DirtyWindow> marks) {
    boolean stored = false;
    while (!stored) {
      Gateway record = stores.gateways().find(gateway).orElseThrow();
      stored =
          stores
              .gateways()
              .replace(
                  Optional.of(record),
                  new Gateway(
                      record.address(),
                      record.presence(),
                      record.coverage(),
                      record.backlog().markDirty(marks)));
    }
  }

  /// @return whether no other process has cleared or marked windows since `known` was read
  private boolean clear(Gateway known, DueWindows due) {
    while (true) {
      Gateway record = stores.gateways().find(known.address().gateway()).orElseThrow();
      if (stores.gateways().replace(Optional.of(record), record.completed(due))) {
        return record.backlog().equals(known.backlog());
      }
    }
  }
}
