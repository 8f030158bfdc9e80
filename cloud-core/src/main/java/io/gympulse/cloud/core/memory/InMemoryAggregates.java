package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Aggregates in a map, behind one lock.
public final class InMemoryAggregates implements Aggregates {
  private final Map<BinKey, CategoryBin> bins = new HashMap<>();

  @Override
  public synchronized Optional<CategoryBin> find(BinKey key, Instant now) {
    return Optional.ofNullable(bins.get(key)).filter(it -> it.expiresAt().isAfter(now));
  }

  @Override
  public synchronized List<CategoryBin> range(
      GymId gym, CategoryId category, Instant from, Instant to, Instant now) {
    return bins.values().stream()
        .filter(it -> it.key().gym().equals(gym) && it.key().category().equals(category))
        .filter(it -> !it.key().window().start().isBefore(from))
        .filter(it -> it.key().window().start().isBefore(to))
        .filter(it -> it.expiresAt().isAfter(now))
        .sorted(Comparator.comparing(it -> it.key().window()))
        .toList();
  }

  @Override
  public synchronized boolean replace(Optional<CategoryBin> expected, CategoryBin next) {
    if (!Optional.ofNullable(bins.get(next.key())).equals(expected)) {
      return false;
    }
    bins.put(next.key(), next);
    return true;
  }
}
