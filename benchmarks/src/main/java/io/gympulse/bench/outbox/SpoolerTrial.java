package io.gympulse.bench.outbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// The peer: the SQL statements of Greengrass's DiskSpooler (aws-greengrass-disk-spooler, class
/// DiskSpoolDAO) for a message, with SQLite's default settings as it uses them: rollback journal,
/// full flushes, a transaction per statement, statements prepared each time. The message is an
/// event as JSON, as a component without an outbox would publish it.
final class SpoolerTrial {
  private static final int WARM_UP = 200;
  private static final String TOPIC = "org/gym/machines/machine-7/status";
  private final Trial trial;

  SpoolerTrial(Trial trial) {
    this.trial = trial;
  }

  TrialFigures lifecycle() throws SQLException, IOException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + trial.folder().resolve("spooler.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          CREATE TABLE spooler (message_id INTEGER PRIMARY KEY, retried INTEGER NOT NULL,
            topic STRING NOT NULL, qos INTEGER NOT NULL, retain BOOLEAN, payload BLOB,
            userProperties TEXT, messageExpiryIntervalSeconds INTEGER, correlationData BLOB,
            responseTopic STRING, payloadFormat INTEGER, contentType STRING)""");
      addAll(connection, 0, WARM_UP);
      ProcessIo before = ProcessIo.now();
      long start = System.nanoTime();
      addAll(connection, WARM_UP, trial.events());
      double seconds = (System.nanoTime() - start) / 1e9;
      for (int i = WARM_UP; i < WARM_UP + trial.events(); i++) {
        take(connection, i);
      }
      ProcessIo io = ProcessIo.now().since(before);
      return TrialFigures.none()
          .with("per_second", trial.events() / seconds)
          .with("bytes", (double) io.written() / trial.events())
          .with("block_bytes", (double) io.dirtied() / trial.events());
    }
  }

  private static void addAll(Connection connection, int first, int events) throws SQLException {
    for (int i = first; i < first + events; i++) {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO spooler VALUES (?,0,?,1,0,?,NULL,NULL,NULL,NULL,NULL,NULL)")) {
        insert.setLong(1, i);
        insert.setString(2, TOPIC);
        insert.setBytes(3, body(i));
        insert.executeUpdate();
      }
    }
  }

  private static byte[] body(int i) {
    return """
    {"machineId":"machine-%d","gymId":"gym","status":"occupied","timestamp":17724%05d,\
    "outboxId":"7c1f6fd2-6a0e-4c55-8f0b-0d2f1f1a9f10","seq":%d}"""
        .formatted(i % 40, i, i)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void take(Connection connection, int id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT * FROM spooler WHERE message_id = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("message %d is missing".formatted(id));
        }
      }
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM spooler WHERE message_id = ?")) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }
}
