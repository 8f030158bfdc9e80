package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.aggregate.AggregatesContract;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAggregatesTest extends AggregatesContract {
  @TempDir private Path folder;
  private SqliteCloudStore store;

  @BeforeEach
  void open() {
    store = SqliteCloudStore.open(folder.resolve("cloud.db"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected Aggregates aggregates() {
    return store.aggregates();
  }

  @Test
  void aggregates_outlive_the_process_and_are_seen_by_other_readers() {
    Instant noon = Instant.parse("2026-05-01T12:00:00Z");
    BinKey key = new BinKey(new GymId("g"), new CategoryId("c"), new Window(noon));
    CategoryBin bin = new CategoryBin(key, Map.of(new MachineId("bike"), MachineBin.UNKNOWN));
    store.aggregates().replace(Optional.empty(), bin);
    store.close();
    open();
    assertThat(store.aggregates().find(key, noon)).contains(bin);
    try (SqliteQueries queries = SqliteQueries.open(folder.resolve("cloud.db"))) {
      assertThat(queries.range(key.gym(), key.category(), noon, noon.plusSeconds(1), noon))
          .containsExactly(bin);
    }
  }
}
