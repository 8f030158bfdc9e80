package io.gympulse.bench.outbox;

import io.gympulse.edge.outbox.Occurrence;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// The limit: rows of the outbox's table, inserted by a prepared statement in one thread with
/// precomputed numbers, and committed in groups as large as the outbox's; row by row, or, as the
/// fastest way of JDBC, in batches.
final class JdbcTrial {
  private static final int WARM_UP = 20_000;
  private static final int GROUP = 4_000;

  private final Trial trial;
  private final boolean batched;

  JdbcTrial(Trial trial) {
    this.trial = trial;
    this.batched = trial.kind() == Trial.Kind.BATCHED_BURST;
  }

  TrialFigures burst() throws SQLException {
    insertAll("warm-up", WARM_UP);
    return TrialFigures.none()
        .with("per_second", trial.events() / insertAll("burst", trial.events()));
  }

  private double insertAll(String name, int events) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:%s?jdbc.get_generated_keys=false"
                    .formatted(trial.folder().resolve(name)));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size = " + trial.file().pageBytes());
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA wal_autocheckpoint = " + trial.file().checkpointPages());
      statement.execute(
          """
          CREATE TABLE event (seq INTEGER PRIMARY KEY, machine INTEGER NOT NULL,
            what INTEGER NOT NULL, boot INTEGER NOT NULL, since_boot INTEGER NOT NULL,
            wall INTEGER, quality INTEGER)""");
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      insert(connection, events);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private void insert(Connection connection, int events) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO event VALUES (?,?,?,?,?,?,?)")) {
      for (int i = 0; i < events; i++) {
        Occurrence occurrence = GymEvents.occurrence(i);
        insert.setLong(1, i + 1L);
        insert.setInt(2, i % 40);
        insert.setInt(3, i % 2);
        insert.setInt(4, 0);
        insert.setLong(5, occurrence.stamp().sinceBoot().toMillis());
        insert.setLong(6, occurrence.stamp().wall().orElseThrow().at().toEpochMilli());
        insert.setInt(7, 0);
        if (batched) {
          insert.addBatch();
        } else {
          insert.executeUpdate();
        }
        if (i % GROUP == GROUP - 1 || i == events - 1) {
          commit(connection, insert);
        }
      }
    }
  }

  private void commit(Connection connection, PreparedStatement insert) throws SQLException {
    if (batched) {
      insert.executeBatch();
    }
    connection.commit();
  }
}
