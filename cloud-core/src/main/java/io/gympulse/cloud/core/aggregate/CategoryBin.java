package io.gympulse.cloud.core.aggregate;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One window of a gym's category: every machine that was in it. If there is no such item, every
/// machine is unknown throughout.
///
/// @param machines by machine id
public record CategoryBin(BinKey key, SortedMap<MachineId, MachineBin> machines) {
  /// How long after its window's end an item can still be read.
  public static final Duration KEPT = Duration.ofDays(90);

  public CategoryBin {
    machines = Collections.unmodifiableSortedMap(new TreeMap<>(machines));
  }

  public CategoryBin(BinKey key, Map<MachineId, MachineBin> machines) {
    this(key, new TreeMap<>(machines));
  }

  /// Identifies an aggregate.
  public record BinKey(GymId gym, CategoryId category, Window window) {}

  /// The sum of several machines' bins.
  ///
  /// @param machines how many bins; their times add up to as many windows
  /// @param occupied machine-milliseconds, as are `free` and `unknown`
  public record Totals(int machines, long occupied, long free, long unknown, long transitions) {
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0);

    public static Totals of(MachineBin bin) {
      return new Totals(1, bin.occupied(), bin.free(), bin.unknown(), bin.transitions());
    }

    /// A gym's totals are the sum of its categories'; so are several windows'.
    public static Totals of(Collection<CategoryBin> bins) {
      return bins.stream().map(CategoryBin::totals).reduce(NONE, Totals::plus);
    }

    public Totals plus(Totals other) {
      return new Totals(
          machines + other.machines,
          occupied + other.occupied,
          free + other.free,
          unknown + other.unknown,
          transitions + other.transitions);
    }
  }

  /// The sum of the machines' bins.
  public Totals totals() {
    return machines.values().stream().map(Totals::of).reduce(Totals.NONE, Totals::plus);
  }

  /// The moment from which on it is not found any more.
  public Instant expiresAt() {
    return key.window().end().plus(KEPT);
  }
}
