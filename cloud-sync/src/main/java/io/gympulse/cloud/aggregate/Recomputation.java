package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Computes a gateway's items again from the stored data. Writes nothing.
///
/// Reads the items first, then the coverage, then the events. So a process that replaces an item by
/// compare-and-set has computed it from data at least as new as that of the replaced item.
final class Recomputation {
  /// Windows after a range that are checked at once if the range affects them.
  private static final int LOOKAHEAD = 64;

  private final AggregateStores stores;
  private final GatewayAddress gateway;
  private final Instant now;

  Recomputation(AggregateStores stores, GatewayAddress gateway, Instant now) {
    this.stores = stores;
    this.gateway = gateway;
    this.now = now;
  }

  /// @param changes items that differ from the stored ones, ascending
  /// @param beyond windows after the range whose stored start status is wrong once the changes are
  ///     made, so that they have to be computed as well
  record Result(List<Change> changes, Set<DirtyWindow> beyond) {}

  /// @param expected the stored item
  record Change(Optional<CategoryBin> expected, CategoryBin next) {
    DirtyWindow mark() {
      return new DirtyWindow(next.key().category(), next.key().window());
    }
  }

  /// @param tasks windows that are computed in any case
  Result of(WindowRange range, Set<DirtyWindow> tasks) {
    SortedMap<Window, CategoryBin> stored = stored(range);
    MachineHistory history = history();
    List<CategoryBin> bins = bins(range, stored, history);
    CategoryBin following = stored.get(range.next());
    boolean consistent =
        following == null
            || tasks.contains(range.mark(range.next()))
            || follows(following, bins.getLast());
    return new Result(changes(bins, stored, history), consistent ? Set.of() : beyond(range));
  }

  /// The windows after a range that change with it, at least the first of them.
  private Set<DirtyWindow> beyond(WindowRange range) {
    SortedMap<Window, CategoryBin> stored = stored(range.extended(LOOKAHEAD));
    WindowRange extended = range.extended(1);
    while (extended.count() < range.count() + LOOKAHEAD && stored.containsKey(extended.next())) {
      extended = extended.extended(1);
    }
    MachineHistory history = history();
    Set<DirtyWindow> marks = new HashSet<>(Set.of(range.mark(range.next())));
    changes(bins(extended, stored, history), stored, history).stream()
        .map(Change::mark)
        .filter(it -> !it.window().start().isBefore(range.end()))
        .forEach(marks::add);
    return marks;
  }

  /// The items of a range and of the windows before and after it.
  private SortedMap<Window, CategoryBin> stored(WindowRange range) {
    SortedMap<Window, CategoryBin> stored = new TreeMap<>();
    Instant from = range.first().previous().start();
    stores
        .aggregates()
        .range(gateway.gym(), range.category(), from, range.next().end(), now)
        .forEach(it -> stored.put(it.key().window(), it));
    return stored;
  }

  private MachineHistory history() {
    Optional<Gateway> record = stores.gateways().find(gateway.gateway());
    return new MachineHistory(
        stores.events(), record.map(Gateway::coverage).orElse(Coverage.NONE).covered());
  }

  /// The computed items of a range, ascending. A window contains the machines of the category on
  /// the floor plan, and those that it contained when it was computed before.
  private List<CategoryBin> bins(
      WindowRange range, SortedMap<Window, CategoryBin> stored, MachineHistory history) {
    Optional<CategoryBin> before = Optional.ofNullable(stored.get(range.first().previous()));
    Set<MachineId> placed = placed(range.category());
    Map<MachineId, List<MachineBin>> byMachine = new HashMap<>();
    List<CategoryBin> bins = new ArrayList<>();
    List<Window> windows = range.windows();
    for (int i = 0; i < windows.size(); i++) {
      Set<MachineId> machines = new HashSet<>(placed);
      Optional.ofNullable(stored.get(windows.get(i)))
          .ifPresent(it -> machines.addAll(it.machines().keySet()));
      Map<MachineId, MachineBin> inWindow = new HashMap<>();
      for (MachineId machine : machines) {
        inWindow.put(
            machine,
            byMachine.computeIfAbsent(machine, it -> history.bins(it, range, before)).get(i));
      }
      bins.add(new CategoryBin(range.key(gateway.gym(), windows.get(i)), inWindow));
    }
    return bins;
  }

  private Set<MachineId> placed(CategoryId category) {
    List<Machine> machines =
        stores.floorPlans().find(gateway.gym()).map(FloorPlan::machines).orElse(List.of());
    return machines.stream()
        .filter(it -> it.category().equals(category))
        .map(Machine::id)
        .collect(Collectors.toSet());
  }

  /// A window without coverage and without a known status gets no item.
  private static List<Change> changes(
      List<CategoryBin> bins, SortedMap<Window, CategoryBin> stored, MachineHistory history) {
    List<Change> changes = new ArrayList<>();
    for (CategoryBin bin : bins) {
      Window window = bin.key().window();
      Optional<CategoryBin> known = Optional.ofNullable(stored.get(window));
      boolean needed =
          known.isPresent()
              || (!bin.machines().isEmpty() && history.covers(window.start(), window.end()))
              || bin.machines().values().stream().anyMatch(it -> !it.equals(MachineBin.UNKNOWN));
      if (needed && !known.equals(Optional.of(bin))) {
        changes.add(new Change(known, bin));
      }
    }
    return changes;
  }

  private static boolean follows(CategoryBin later, CategoryBin earlier) {
    return later.machines().entrySet().stream()
        .allMatch(
            it -> {
              MachineBin before = earlier.machines().get(it.getKey());
              return before == null || before.end() == it.getValue().start();
            });
  }
}
