package io.gympulse.bench.forecast;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.forecast.OccupancyHistory;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.day.GymDay;
import io.gympulse.sim.day.MachineUse;
import io.gympulse.sim.day.Seed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A simulated gym's true occupancy as aggregates: for each category its windows, as the cloud
/// would have computed them without a fault.
///
/// @param bins by category and window
record SimulatedCategories(
    FloorPlan plan, Map<CategoryId, NavigableMap<Window, CategoryBin>> bins) {
  private static final Duration LONGEST_USE = Duration.ofHours(3);

  static SimulatedCategories of(FloorPlan plan, long seed, Instant start, Duration length) {
    Map<MachineId, Uses> uses = new HashMap<>();
    plan.machines().forEach(it -> uses.put(it.id(), new Uses(new TreeMap<>())));
    Instant end = start.plus(length);
    GymDay day = new GymDay(plan, new Seed(seed), ArrivalCurve.campus(), start);
    for (MachineUse use = day.next(); use.from().isBefore(end); use = day.next()) {
      uses.getOrDefault(use.machine(), Uses.NONE).byStart().put(use.from(), use.to());
    }
    Map<CategoryId, NavigableMap<Window, CategoryBin>> bins = new TreeMap<>(byName());
    for (CategoryId category :
        plan.machines().stream().map(Machine::category).distinct().toList()) {
      NavigableMap<Window, CategoryBin> windows = new TreeMap<>();
      for (Window window : Window.touching(start, end)) {
        Map<MachineId, MachineBin> machines = new HashMap<>();
        machines(plan, category)
            .forEach(it -> machines.put(it, uses.getOrDefault(it, Uses.NONE).bin(window)));
        windows.put(
            window, new CategoryBin(new BinKey(plan.gym().id(), category, window), machines));
      }
      bins.put(category, windows);
    }
    return new SimulatedCategories(plan, bins);
  }

  private static Comparator<CategoryId> byName() {
    return Comparator.comparing(CategoryId::value);
  }

  static List<MachineId> machines(FloorPlan plan, CategoryId category) {
    return plan.machines().stream()
        .filter(it -> it.category().equals(category))
        .map(Machine::id)
        .toList();
  }

  List<MachineId> machines(CategoryId category) {
    return machines(plan, category);
  }

  ZoneId zone() {
    return plan.gym().zone();
  }

  /// What is known of the category at a moment.
  OccupancyHistory history(CategoryId category, Instant asOf) {
    OccupancyHistory history = new OccupancyHistory(machines(category), asOf);
    windows(category).values().forEach(history::add);
    return history;
  }

  /// Machines in use at the start of each window.
  Observations inUse(CategoryId category) {
    NavigableMap<Instant, Integer> counts = new TreeMap<>();
    windows(category)
        .forEach(
            (window, bin) ->
                counts.put(
                    window.start(),
                    (int)
                        bin.machines().values().stream()
                            .filter(it -> it.start() == MachineStatus.OCCUPIED)
                            .count()));
    return Observations.of(zone(), counts);
  }

  /// 1 where a machine is in use at the start of a window, else 0.
  Observations inUse(CategoryId category, MachineId machine) {
    NavigableMap<Instant, Integer> counts = new TreeMap<>();
    windows(category)
        .forEach(
            (window, bin) ->
                counts.put(
                    window.start(),
                    bin.machines().getOrDefault(machine, MachineBin.UNKNOWN).start()
                            == MachineStatus.OCCUPIED
                        ? 1
                        : 0));
    return Observations.of(zone(), counts);
  }

  private NavigableMap<Window, CategoryBin> windows(CategoryId category) {
    return bins.getOrDefault(category, new TreeMap<>());
  }

  /// A machine's uses by their start; they do not overlap.
  private record Uses(NavigableMap<Instant, Instant> byStart) {
    static final Uses NONE = new Uses(new TreeMap<>());

    MachineBin bin(Window window) {
      Instant from = window.start();
      Instant to = window.end();
      long occupied = 0;
      int transitions = 0;
      List<Map.Entry<Instant, Instant>> some =
          new ArrayList<>(byStart.subMap(from.minus(LONGEST_USE), to).entrySet());
      for (Map.Entry<Instant, Instant> use : some) {
        Instant begins = use.getKey().isBefore(from) ? from : use.getKey();
        Instant ends = use.getValue().isAfter(to) ? to : use.getValue();
        occupied += Math.max(0, Duration.between(begins, ends).toMillis());
        transitions += use.getKey().isBefore(from) ? 0 : 1;
        transitions += use.getValue().isBefore(from) || !use.getValue().isBefore(to) ? 0 : 1;
      }
      return new MachineBin(
          occupied,
          Window.LENGTH.toMillis() - occupied,
          0,
          transitions,
          statusBefore(from),
          statusBefore(to));
    }

    private MachineStatus statusBefore(Instant at) {
      Map.Entry<Instant, Instant> last = byStart.lowerEntry(at);
      return last != null && !last.getValue().isBefore(at)
          ? MachineStatus.OCCUPIED
          : MachineStatus.FREE;
    }
  }
}
