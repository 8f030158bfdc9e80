package io.gympulse.cloud.state.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.state.event.HistoryEntry;
import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.CloudStoreContract;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SqliteCloudStoreTest extends CloudStoreContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final MachineId BIKE = new MachineId("bike");

  @Override
  protected CloudStore open() {
    try {
      Path folder = Files.createTempDirectory("gympulse-store");
      folder.toFile().deleteOnExit();
      return SqliteCloudStore.open(folder.resolve("cloud.db"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void content_and_feed_position_outlive_the_process(@TempDir Path folder) {
    Path file = folder.resolve("cloud.db");
    long position;
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      store.events().store(GATEWAY, OutboxId.random(), List.of(event(1, BIKE, NOON)));
      store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
      position = store.feed().position();
    }
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      assertThat(store.events().count()).isEqualTo(1);
      assertThat(store.feed().position()).isEqualTo(position);
    }
  }

  @Test
  void another_reader_sees_what_the_writer_commits(@TempDir Path folder) {
    Path file = folder.resolve("cloud.db");
    try (SqliteCloudStore store = SqliteCloudStore.open(file);
        SqliteCloudView view = SqliteCloudView.open(file)) {
      assertThat(view.state(BIKE)).isEmpty();
      store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
      assertThat(view.state(BIKE)).isPresent();
    }
  }

  @Test
  void a_reader_says_that_the_file_is_not_there_yet(@TempDir Path folder) {
    assertThatThrownBy(() -> SqliteCloudView.open(folder.resolve("cloud.db")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("does not exist yet");
  }

  @Test
  void a_file_of_a_later_schema_is_refused_and_left_alone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("cloud.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> SqliteCloudStore.open(file))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("schema 99");
    assertThatThrownBy(() -> SqliteCloudView.open(file))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void a_file_of_schema_1_is_brought_up_to_date_with_what_it_holds(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("cloud.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        InputStream script =
            Objects.requireNonNull(SqliteCloudStore.class.getResourceAsStream("schema-1.sql"))) {
      statement.executeUpdate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      statement.execute(
          """
          INSERT INTO event VALUES ('0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11', 1, 'g', 'g-gw', 'bike',
            'free', NULL, 1777636800000, 'synced')""");
      statement.execute("PRAGMA user_version = 1");
    }
    assertThatThrownBy(() -> SqliteCloudView.open(file)).hasMessageContaining("schema 1");
    try (SqliteCloudStore store = SqliteCloudStore.open(file);
        SqliteCloudView view = SqliteCloudView.open(file)) {
      assertThat(store.events().count()).isEqualTo(1);
      assertThat(view.history(BIKE, NOON, NOON.plusSeconds(1)))
          .containsExactly(new HistoryEntry(NOON, MachineStatus.FREE, Optional.empty()));
    }
  }

  @Test
  void a_file_that_is_no_database_is_refused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("cloud.db"), "no database ".repeat(100));
    assertThatThrownBy(() -> SqliteCloudStore.open(file))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_file_that_is_refused_is_not_kept_open(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("cloud.db"), "no database ".repeat(100));
    assertThatThrownBy(() -> SqliteCloudView.open(file))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> SqliteCloudStore.open(file))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(openFiles()).doesNotContain(file.toRealPath());
  }

  private static List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        open.add(Files.readSymbolicLink(descriptor));
      }
    }
    return open;
  }
}
