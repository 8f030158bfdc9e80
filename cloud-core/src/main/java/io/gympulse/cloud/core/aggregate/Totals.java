package io.gympulse.cloud.core.aggregate;

import java.util.Collection;

/// Bins of several machines added up.
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
