package io.gympulse.bench.ingest;

import io.gympulse.bench.ingest.naive.SqliteTables;
import io.gympulse.bench.ingest.naive.Tables;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import java.nio.file.Path;

/// The embedded store: a file on this machine's disk, flushed at each commit.
final class SqliteStore implements Store {
  private final Path folder;
  private int files;

  /// @param folder of its own
  SqliteStore(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "SQLite";
  }

  @Override
  public CloudStore ours() {
    return SqliteCloudStore.open(folder.resolve("ours-%d.db".formatted(files++)));
  }

  @Override
  public Tables naive() {
    return new SqliteTables(folder.resolve("naive-%d.db".formatted(files++)));
  }

  @Override
  public int events() {
    return 5_000;
  }
}
