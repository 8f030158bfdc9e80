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

class LazyCloudViewTest {
  @TempDir Path folder;

  @Test
  void a_database_that_is_created_later_is_opened() {
    Path file = folder.resolve("cloud.db");
    try (LazyCloudView database = new LazyCloudView(file);
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
  void a_deleted_database_is_unavailable_and_its_replacement_is_opened() throws IOException {
    Path file = folder.resolve("cloud.db");
    SqliteCloudStore.open(file).close();
    try (LazyCloudView database = new LazyCloudView(file)) {
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
