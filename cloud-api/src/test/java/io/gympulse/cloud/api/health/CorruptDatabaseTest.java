package io.gympulse.cloud.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import io.gympulse.cloud.api.store.LazyCloudView;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorruptDatabaseTest {
  @TempDir Path folder;

  @Test
  void a_file_that_is_not_a_database_is_down_and_503() throws IOException {
    Path file = folder.resolve("cloud.db");
    byte[] noise = new byte[40_000];
    new Random(1).nextBytes(noise);
    Files.write(file, noise);
    assertDown(file);
  }

  @Test
  void a_database_with_overwritten_pages_is_down_and_503() throws IOException {
    Path file = folder.resolve("cloud.db");
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      new SampleGyms().floorPlans().forEach(store.floorPlans()::register);
    }
    byte[] noise = new byte[(int) Files.size(file) - 100];
    new Random(2).nextBytes(noise);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // The header stays: the file still looks like a database.
      channel.write(ByteBuffer.wrap(noise), 100);
    }
    assertDown(file);
  }

  private static void assertDown(Path file) {
    try (LazyCloudView database = new LazyCloudView(file);
        RunningApi api = RunningApi.withDatabase(file, database)) {
      HttpResponse<String> health = api.get("/health");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body())
          .startsWith("{\"status\":\"down\",")
          .contains("\"database\":{\"status\":\"down\",\"detail\":\"");
      HttpResponse<String> answer = api.get("/branches");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"code\":\"store_unavailable\"");
    }
  }
}
