package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.time.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.JDBC;

class MigrationTest {
  private static final InstantSource TIME = InstantSource.fixed(OutboxContract.NOON);

  @TempDir private Path folder;

  @Test
  void everything_in_a_file_of_version_1_is_migrated() throws Exception {
    Path old = folder.resolve("old");
    fill(old);
    try (SqliteOutbox outbox = SqliteOutbox.open(old, TIME)) {
      assertMigrated(outbox);
      assertThat(outbox.setAside()).isEmpty();
    }
  }

  @Test
  void a_kill_at_any_statement_leaves_a_file_that_can_be_migrated() throws Exception {
    boolean killed = true;
    int at = 1;
    for (; killed; at++) {
      Path place = folder.resolve("killed-" + at);
      Path after = Files.createDirectories(folder.resolve("after-" + at));
      fill(place);
      killed = isKilled(place.resolve("outbox.db"), at);
      for (String name : List.of("outbox.db", "outbox.db-wal")) {
        if (Files.exists(place.resolve(name))) {
          Files.copy(place.resolve(name), after.resolve(name));
        }
      }
      try (SqliteOutbox outbox = SqliteOutbox.open(after, TIME)) {
        assertThat(outbox.setAside()).isEmpty();
        assertMigrated(outbox);
      }
    }
    assertThat(at).as("statements").isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE event SET status = 'frfe' WHERE seq = 6",
        "UPDATE event SET quality = 'sznced' WHERE seq = 3",
        "UPDATE quarantined_event SET reason = 'gateway-ofg'",
        "UPDATE quarantined_event SET quality = 'sznced'",
        "UPDATE machine_state SET status = 'occupjed' WHERE machine = 'bench'"
      })
  void a_row_that_cannot_be_migrated_makes_the_file_a_damaged_one(String damage) throws Exception {
    Path old = folder.resolve("old");
    fill(old);
    try (Connection connection = connect(old.resolve("outbox.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(damage);
    }
    try (SqliteOutbox outbox = SqliteOutbox.open(old, TIME)) {
      assertThat(outbox.setAside()).isPresent();
      assertThat(outbox.counts().recorded()).isZero();
    }
  }

  @Test
  void a_boot_that_never_was_synchronised_is_placed_after_everything_in_the_old_file()
      throws Exception {
    Path old = folder.resolve("old");
    fill(old);
    try (SqliteOutbox outbox = SqliteOutbox.open(old, TIME)) {
      Instant alive = outbox.lastAlive().flatMap(Stamp::wall).orElseThrow().at();
      outbox.append(OutboxContract.unstamped(OutboxContract.LATER, 600)).join();
      outbox.setBootTime(OutboxContract.LATEST, alive.minusSeconds(10)).join();
      assertThat(outbox.peek(6, 1)).extracting(MachineEvent::at).containsExactly(alive);
    }
  }

  private static void assertMigrated(SqliteOutbox outbox) {
    assertThat(outbox.id()).hasToString("5b8a1c52-6d0e-4f1c-9a58-2f6f0f0f9b11");
    assertThat(outbox.counts()).isEqualTo(new Counts(6, 3, 1, 0));
    assertThat(outbox.peek(0, 9))
        .containsExactly(
            event(3, "bike-1", MachineStatus.OCCUPIED, Optional.empty(), TimeQuality.SYNCED),
            event(
                5,
                "rower",
                MachineStatus.UNKNOWN,
                Optional.of(UnknownReason.SOURCE_DOWN),
                TimeQuality.BOUNDED),
            event(6, "bike-1", MachineStatus.FREE, Optional.empty(), TimeQuality.CORRECTED));
    assertThat(outbox.quarantined())
        .containsExactly(
            new Quarantine.QuarantinedEvent(
                event(2, "gone", MachineStatus.UNKNOWN, Optional.empty(), TimeQuality.SYNCED),
                "unknown-machine"));
    assertThat(outbox.lastAlive().flatMap(Stamp::wall).map(Stamp.Wall::at))
        .contains(Instant.ofEpochMilli(1_772_366_460_000L));
    assertThat(outbox.lastStates().values())
        .extracting(it -> it.machine() + " " + it.status() + " " + it.stamp().wall().orElseThrow())
        .containsExactlyInAnyOrder(
            "bike-1 FREE " + wall(6, TimeQuality.CORRECTED),
            "rower UNKNOWN " + wall(5, TimeQuality.BOUNDED),
            "gone UNKNOWN " + wall(2, TimeQuality.SYNCED),
            "bench OCCUPIED " + wall(4, TimeQuality.SYNCED));
    OutboxAudit.check(outbox, Set.of(1L, 2L, 3L, 4L, 5L, 6L), Set.of(1L, 4L));
  }

  private static MachineEvent event(
      long seq,
      String machine,
      MachineStatus status,
      Optional<UnknownReason> reason,
      TimeQuality quality) {
    return new MachineEvent(
        new Sequence(seq),
        new MachineId(machine),
        status,
        reason,
        wall(seq, quality).at(),
        quality);
  }

  private static Stamp.Wall wall(long seq, TimeQuality quality) {
    return new Stamp.Wall(Instant.ofEpochMilli(1_772_366_400_000L + seq * 1000), quality);
  }

  private static boolean isKilled(Path file, int at) throws SQLException {
    Connection real = connect(file);
    real.setAutoCommit(false);
    FaultyConnection faulty = new FaultyConnection(real, FaultyConnection.Fault.KILLED_AFTER);
    try {
      Connection connection = faulty.connection();
      faulty.arm(at);
      new OutboxSchema(connection).migrate();
      return false;
    } catch (FaultyConnection.Killed _) {
      return true;
    }
  }

  private static void fill(Path folder) throws IOException, SQLException {
    Files.createDirectories(folder);
    try (InputStream in =
            Objects.requireNonNull(MigrationTest.class.getResourceAsStream("schema-1.sql"));
        Connection connection = connect(folder.resolve("outbox.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = JDBC.createConnection(JDBC.PREFIX + file, new Properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
    }
    return connection;
  }
}
