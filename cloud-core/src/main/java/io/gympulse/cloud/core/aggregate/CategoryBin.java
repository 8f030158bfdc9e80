package io.gympulse.cloud.core.aggregate;

import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One window of a gym's category: every machine that stood in it. Where there is no such item,
/// every machine is unknown throughout.
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

  /// The machines' bins added up.
  public Totals totals() {
    return machines.values().stream().map(Totals::of).reduce(Totals.NONE, Totals::plus);
  }

  /// The moment from which on it is as if it had never been.
  public Instant expiresAt() {
    return key.window().end().plus(KEPT);
  }
}
