package io.gympulse.cloud.api.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitedDatabaseTest {
  @TempDir Path folder;

  @Test
  void a_database_that_appears_later_is_found_and_followed() {
    Path file = folder.resolve("cloud.db");
    try (AwaitedDatabase database = new AwaitedDatabase(file);
        RunningApi api = new RunningApi(database, Optional.empty())) {
      assertThatThrownBy(database::floorPlans).isInstanceOf(StoreUnavailableException.class);
      assertThat(api.get("/branches").statusCode()).isEqualTo(503);
      assertThat(api.get("/health").body()).contains("\"database\":{\"status\":\"down\"");
      try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
        assertThat(api.get("/branches").body()).endsWith(",\"branches\":[]}");
        new SampleGyms().floorPlans().forEach(store.floorPlans()::register);
        assertThat(api.get("/branches").body()).contains("\"id\":\"downtown\"");
      }
    }
  }

  @Test
  void a_database_that_was_deleted_is_away_and_another_in_its_place_is_found() throws IOException {
    Path file = folder.resolve("cloud.db");
    SqliteCloudStore.open(file).close();
    try (AwaitedDatabase database = new AwaitedDatabase(file)) {
      assertThat(database.floorPlans()).isEmpty();
      Files.move(file, folder.resolve("old.db"));
      assertThatThrownBy(database::floorPlans).isInstanceOf(StoreUnavailableException.class);
      try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
        new SampleGyms().floorPlans().forEach(store.floorPlans()::register);
        assertThat(database.floorPlans()).hasSize(2);
      }
    }
  }
}
