package io.gympulse.cloud.api.aggregates;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.query.AggregateQueries;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads a category's windows without gaps: in one that is not stored, its machines are unknown.
/// Thread-safe.
@Singleton
final class StoredBins {
  private final AggregateQueries stored;

  StoredBins(AggregateQueries stored) {
    this.stored = stored;
  }

  /// @param machines those of the category now
  /// @return a bin per window of the range, ascending
  List<CategoryBin> read(
      GymId gym,
      CategoryId category,
      Collection<MachineId> machines,
      TimeRange range,
      Instant now) {
    List<Window> windows = range.windows();
    Map<Window, CategoryBin> bins = new HashMap<>();
    stored
        .range(gym, category, windows.getFirst().start(), range.to(), now)
        .forEach(it -> bins.put(it.key().window(), it));
    return windows.stream()
        .map(it -> bins.getOrDefault(it, unknown(new BinKey(gym, category, it), machines)))
        .toList();
  }

  private static CategoryBin unknown(BinKey key, Collection<MachineId> machines) {
    Map<MachineId, MachineBin> bins = new TreeMap<>();
    machines.forEach(it -> bins.put(it, MachineBin.UNKNOWN));
    return new CategoryBin(key, bins);
  }
}
