package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.aggregate.Recomputed.Change;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.coverage.Coverage;
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

/// Computes a gateway's items anew from what is stored now. Writes nothing.
///
/// What it reads, it reads in this order: the items, the coverage, the events. So whoever replaces
/// an item by compare-and-set knew no less than the one who wrote what it replaces.
final class Recomputation {
  /// How far it looks behind a run at once if the run reaches beyond itself.
  private static final int REACH = 64;

  private final AggregateStores stores;
  private final GatewayAddress gateway;
  private final Instant now;

  Recomputation(AggregateStores stores, GatewayAddress gateway, Instant now) {
    this.stores = stores;
    this.gateway = gateway;
    this.now = now;
  }

  /// @param tasks windows that are computed in any case
  Recomputed of(Run run, Set<Mark> tasks) {
    SortedMap<Window, CategoryBin> stored = stored(run);
    MachineHistory history = history();
    List<CategoryBin> bins = bins(run, stored, history);
    CategoryBin behind = stored.get(run.beyond());
    boolean within =
        behind == null || tasks.contains(run.mark(run.beyond())) || follows(behind, bins.getLast());
    return new Recomputed(changes(bins, stored, history), within ? Set.of() : beyond(run));
  }

  /// The windows behind a run that change with it, the first of them in any case.
  private Set<Mark> beyond(Run run) {
    SortedMap<Window, CategoryBin> stored = stored(run.longer(REACH));
    Run reach = run.longer(1);
    while (reach.count() < run.count() + REACH && stored.containsKey(reach.beyond())) {
      reach = reach.longer(1);
    }
    MachineHistory history = history();
    Set<Mark> marks = new HashSet<>(Set.of(run.mark(run.beyond())));
    changes(bins(reach, stored, history), stored, history).stream()
        .map(Change::mark)
        .filter(it -> !it.window().start().isBefore(run.end()))
        .forEach(marks::add);
    return marks;
  }

  /// The items of a run and of the windows around it.
  private SortedMap<Window, CategoryBin> stored(Run run) {
    SortedMap<Window, CategoryBin> stored = new TreeMap<>();
    Instant from = run.first().previous().start();
    stores
        .aggregates()
        .range(gateway.gym(), run.category(), from, run.beyond().end(), now)
        .forEach(it -> stored.put(it.key().window(), it));
    return stored;
  }

  private MachineHistory history() {
    Optional<Gateway> record = stores.gateways().find(gateway.gateway());
    return new MachineHistory(
        stores.events(), record.map(Gateway::coverage).orElse(Coverage.NONE).covered());
  }

  /// The items of a run as they have to be, ascending. In a window stand the machines that the
  /// floor plan places in the category, and those that stood in it when it was computed before.
  private List<CategoryBin> bins(
      Run run, SortedMap<Window, CategoryBin> stored, MachineHistory history) {
    Optional<CategoryBin> before = Optional.ofNullable(stored.get(run.first().previous()));
    Set<MachineId> placed = placed(run.category());
    Map<MachineId, List<MachineBin>> byMachine = new HashMap<>();
    List<CategoryBin> bins = new ArrayList<>();
    List<Window> windows = run.windows();
    for (int i = 0; i < windows.size(); i++) {
      Set<MachineId> machines = new HashSet<>(placed);
      Optional.ofNullable(stored.get(windows.get(i)))
          .ifPresent(it -> machines.addAll(it.machines().keySet()));
      Map<MachineId, MachineBin> inWindow = new HashMap<>();
      for (MachineId machine : machines) {
        inWindow.put(
            machine,
            byMachine.computeIfAbsent(machine, it -> history.bins(it, run, before)).get(i));
      }
      bins.add(new CategoryBin(run.key(gateway.gym(), windows.get(i)), inWindow));
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

  /// A window that nothing covers and in which nothing is known gets no item.
  private static List<Change> changes(
      List<CategoryBin> bins, SortedMap<Window, CategoryBin> stored, MachineHistory history) {
    List<Change> changes = new ArrayList<>();
    for (CategoryBin bin : bins) {
      Window window = bin.key().window();
      Optional<CategoryBin> known = Optional.ofNullable(stored.get(window));
      boolean worthIt =
          known.isPresent()
              || (!bin.machines().isEmpty() && history.covers(window.start(), window.end()))
              || bin.machines().values().stream().anyMatch(it -> !it.equals(MachineBin.UNKNOWN));
      if (worthIt && !known.equals(Optional.of(bin))) {
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
