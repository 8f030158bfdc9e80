package io.gympulse.bench.ingest;

import io.gympulse.bench.ingest.naive.MemoryTables;
import io.gympulse.bench.ingest.naive.Tables;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.store.CloudStore;

/// A store that costs next to nothing: what is left is the two ways' own work.
final class MemoryStore implements Store {
  @Override
  public String name() {
    return "memory";
  }

  @Override
  public CloudStore ours() {
    return new InMemoryCloudStore();
  }

  @Override
  public Tables naive() {
    return new MemoryTables();
  }

  @Override
  public int events() {
    return 40_000;
  }
}
