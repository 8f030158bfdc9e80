package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.incident.Incidents;
import io.gympulse.cloud.core.incident.IncidentsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteIncidentsTest extends IncidentsContract {
  @TempDir Path folder;
  private SqliteCloudStore store;

  @BeforeEach
  void openStore() {
    store = SqliteCloudStore.open(folder.resolve("cloud.db"));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Override
  protected Incidents incidents() {
    return store.incidents();
  }
}
