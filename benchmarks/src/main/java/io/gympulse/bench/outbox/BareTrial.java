package io.gympulse.bench.outbox;

import io.gympulse.edge.outbox.Occurrence;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// The limit: the outbox's row, inserted by a prepared statement in one thread that has all the
/// numbers at hand, and committed in groups as large as the outbox's. Row by row, or, as the
/// fastest that JDBC allows, as batches.
final class BareTrial {
  private static final int WARM_UP = 20_000;
  private static final int GROUP = 4_000;

  private final Plan plan;
  private final boolean batched;

  BareTrial(Plan plan) {
    this.plan = plan;
    this.batched = plan.kind() == Plan.Kind.BATCHED_BURST;
  }

  Figures burst() throws SQLException {
    insertAll("warm-up", WARM_UP);
    return Figures.none().with("per_second", plan.events() / insertAll("burst", plan.events()));
  }

  private double insertAll(String name, int events) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:%s?jdbc.get_generated_keys=false"
                    .formatted(plan.folder().resolve(name)));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA page_size = " + plan.file().pageBytes());
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA wal_autocheckpoint = " + plan.file().checkpointPages());
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
        Occurrence occurrence = Events.occurrence(i);
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
