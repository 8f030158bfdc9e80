package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gympulse.cloud.core.aggregate.AggregationBacklog;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertCodec;
import io.gympulse.cloud.core.alert.SampleAlerts;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.query.Branch;
import io.gympulse.cloud.core.query.Branch.BranchDetail;
import io.gympulse.cloud.core.query.Branch.BranchMachine;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.CloudStoreContract;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.OutboxId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SqliteCloudStoreTest extends CloudStoreContract {
  private static final FloorPlan PLAN =
      new FloorPlan(
          new Gym(GATEWAY.gym(), "Gym", 1, 2, ZoneOffset.UTC),
          GATEWAY.gateway(),
          List.of(new Machine(BIKE, new CategoryId("cardio"), "Bike", 3, 4, List.of())));

  @Override
  protected CloudStore open() {
    return fresh();
  }

  static SqliteCloudStore fresh() {
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
        SqliteQueries queries = SqliteQueries.open(file)) {
      store.events().store(GATEWAY, OutboxId.random(), List.of(event(1, BIKE, NOON)));
      assertThat(queries.history(BIKE, NOON, NOON.plusSeconds(1))).hasSize(1);
      store.events().store(GATEWAY, OutboxId.random(), List.of(event(2, BIKE, NOON.plusMillis(1))));
      assertThat(queries.history(BIKE, NOON, NOON.plusSeconds(1))).hasSize(2);
    }
  }

  @Test
  void a_reader_reports_that_the_file_does_not_exist_yet(@TempDir Path folder) {
    assertThatThrownBy(() -> SqliteQueries.open(folder.resolve("cloud.db")))
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
    assertThatThrownBy(() -> SqliteQueries.open(file))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void a_file_of_schema_1_is_brought_up_to_date_with_what_it_holds(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("cloud.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.executeUpdate(script("schema-1.sql"));
      statement.execute(
          """
          INSERT INTO event VALUES ('0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11', 1, 'g', 'g-gw', 'bike',
            'free', NULL, 1777636800000, 'synced')""");
      statement.execute("PRAGMA user_version = 1");
    }
    assertThatThrownBy(() -> SqliteQueries.open(file)).hasMessageContaining("schema 1");
    try (SqliteCloudStore store = SqliteCloudStore.open(file);
        SqliteQueries queries = SqliteQueries.open(file)) {
      assertThat(store.events().count()).isEqualTo(1);
      assertThat(queries.history(BIKE, NOON, NOON.plusSeconds(1)))
          .extracting(HistoryEntry::at, HistoryEntry::status, HistoryEntry::seq)
          .containsExactly(tuple(NOON, MachineStatus.FREE, 1L));
    }
  }

  @Test
  void a_file_of_schema_2_keeps_its_presences_and_begins_coverage_where_outboxes_began(
      @TempDir Path folder) throws Exception {
    Path file = folder.resolve("cloud.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.executeUpdate(script("schema-1.sql"));
      statement.executeUpdate(script("schema-2.sql"));
      statement.execute(
          """
          INSERT INTO event (outbox, seq, gym, gateway, machine, status, at, quality, stands_from,
            occupied, free, unknown) VALUES
            ('0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11', 3, 'g', 'g-gw', 'bike', 'free',
              1777636800000, 'synced', 1, 4000, 1000, 0),
            ('0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11', 4, 'g', 'g-gw', 'bike', 'occupied',
              1777636700000, 'synced', NULL, NULL, NULL, NULL),
            ('0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f12', 1, 'h', 'h-gw', 'other', 'free',
              1777636600000, 'synced', NULL, NULL, NULL, NULL)""");
      statement.execute(
          "INSERT INTO presence VALUES ('g-gw', 'g', 1, 1777636800000, 1777636800000, 1, 7, 9)");
      statement.execute(
          """
          INSERT INTO current_state VALUES
            ('bike', 'g', 'cardio', 'free', NULL, 1777636800000, 1777636800000, 3, 8)""");
      statement.execute("PRAGMA user_version = 2");
    }
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      OutboxId outbox = new OutboxId(UUID.fromString("0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11"));
      assertThat(store.gateways().all())
          .containsExactly(
              new Gateway(
                  GATEWAY,
                  Optional.of(new GatewayPresence(GATEWAY, true, NOON, NOON, 7)),
                  Coverage.startingAt(outbox, NOON.minusSeconds(5)),
                  AggregationBacklog.NONE));
      assertThat(store.feed().position()).isEqualTo(9);
      assertThat(store.current().find(GATEWAY.gym(), BIKE))
          .contains(state(BIKE, MachineStatus.FREE, NOON, NOON, 3).past());
    }
  }

  @Test
  void a_file_of_schema_7_knows_whose_outboxes_are_and_since_when_alerts_are_over(
      @TempDir Path folder) throws Exception {
    Path file = folder.resolve("cloud.db");
    Alert cancelled = SampleAlerts.alert(SampleAlerts.ONCE).cancel(NOON);
    String content = AlertCodec.encode(cancelled).replaceAll(",\"endedAt\":\\d+", "");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (int schema = 1; schema <= 7; schema++) {
        statement.executeUpdate(script("schema-%d.sql".formatted(schema)));
      }
      statement.execute(
          """
          INSERT INTO event (outbox, seq, gym, gateway, machine, status, at, quality) VALUES
            ('0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11', 1, 'g', 'g-gw', 'bike', 'free',
              1777636800000, 'synced')""");
      statement.execute(
          "INSERT INTO alert (user, id, machine, created, active, due, version, content) VALUES"
              + " ('%s', '%s', 'bike', 1, 0, 5, 2, '%s')"
                  .formatted(cancelled.user(), cancelled.id(), content));
      statement.execute("PRAGMA user_version = 7");
    }
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      OutboxId outbox = new OutboxId(UUID.fromString("0d9f8a52-6c1c-4c53-9f3e-3f3d6a0a7f11"));
      GatewayAddress other = new GatewayAddress(GATEWAY.gym(), new GatewayId("thief"));
      MachineEvent event = event(2, BIKE, NOON);
      assertThat(store.events().store(other, outbox, List.of(event))).containsExactly(event);
      assertThat(store.events().store(GATEWAY, outbox, List.of(event))).isEmpty();
      assertThat(store.alerts().find(cancelled.user(), cancelled.id()))
          .get()
          .matches(it -> it.endedAt().isPresent());
    }
  }

  @Test
  void a_file_of_schema_11_answers_queries_by_its_plans_and_states(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("cloud.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      for (int schema = 1; schema <= 11; schema++) {
        statement.executeUpdate(script("schema-%d.sql".formatted(schema)));
      }
      try (var plan = connection.prepareStatement("INSERT INTO floor_plan VALUES ('g', ?)")) {
        plan.setString(1, FloorPlanFile.write(PLAN));
        plan.executeUpdate();
      }
      statement.execute(
          """
          INSERT INTO current_state (machine, gym, category, status, since, as_of, seq, position,
            present) VALUES
            ('bike', 'g', 'cardio', 'free', 1777636800000, 1777636800000, 3, 8, 1)""");
      statement.execute("PRAGMA user_version = 11");
    }
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      assertThat(store.queries().branches().find(GATEWAY.gym()))
          .contains(
              new BranchDetail(
                  Branch.of(PLAN, Optional.empty()),
                  List.of(
                      BranchMachine.of(
                          PLAN.machines().getFirst(),
                          Optional.of(state(BIKE, MachineStatus.FREE, NOON, NOON, 3))))));
      assertThat(store.feed().position()).isEqualTo(8);
    }
  }

  @Test
  void events_older_than_their_retention_are_not_read(@TempDir Path folder) {
    Retention retention =
        Retention.by(InstantSource.fixed(NOON.plus(Retention.EVENTS).plusMillis(1)));
    try (SqliteCloudStore store = SqliteCloudStore.open(folder.resolve("cloud.db"), retention)) {
      store
          .events()
          .store(
              GATEWAY,
              OutboxId.random(),
              List.of(event(1, BIKE, NOON), event(2, BIKE, NOON.plusMillis(1))));
      assertThat(store.events().history(BIKE, Instant.EPOCH, NOON.plusSeconds(1))).hasSize(1);
      assertThat(store.queries().machines().history(BIKE, Instant.EPOCH, NOON.plusSeconds(1)))
          .hasSize(1);
      assertThat(store.events().lastBefore(BIKE, NOON.plusMillis(1))).isEmpty();
    }
  }

  private static String script(String name) throws IOException {
    try (InputStream script =
        Objects.requireNonNull(SqliteCloudStore.class.getResourceAsStream(name))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_file_that_is_not_a_database_is_refused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("cloud.db"), "no database ".repeat(100));
    assertThatThrownBy(() -> SqliteCloudStore.open(file))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void queries_report_overwritten_pages(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("cloud.db");
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      store.floorPlans().register(PLAN);
    }
    byte[] noise = new byte[(int) Files.size(file) - 100];
    new Random(2).nextBytes(noise);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // The header stays: the file still looks like a database.
      channel.write(ByteBuffer.wrap(noise), 100);
    }
    assertThatThrownBy(
            () -> {
              try (SqliteQueries queries = SqliteQueries.open(file)) {
                queries.summaries(Optional.empty(), 1);
              }
            })
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_file_that_is_refused_is_not_kept_open(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("cloud.db"), "no database ".repeat(100));
    assertThatThrownBy(() -> SqliteQueries.open(file))
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
