package io.gympulse.edge.outbox;

import io.gympulse.contract.id.OutboxId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.sqlite.JDBC;

/// The tables of the outbox's file, created or migrated to the current version in one transaction.
final class OutboxSchema {
  static final int VERSION = 2;
  private static final List<String> OLD_TABLES =
      List.of("setting", "event", "quarantined_event", "machine_state");

  private final Connection connection;

  /// @param connection with automatic commit off
  OutboxSchema(Connection connection) {
    this.connection = connection;
  }

  /// Compares the tables with those that this version creates. SQLite reads their definitions as
  /// text from the file, so a damaged text may define other tables.
  ///
  /// @throws SQLException of kind [SqliteFailure#CORRUPT] if they differ
  void verify() throws SQLException {
    try (Connection memory = JDBC.createConnection(JDBC.PREFIX + ":memory:", new Properties())) {
      OutboxSchema expected = new OutboxSchema(memory);
      expected.executeAll("schema-2.sql");
      if (!definitions().equals(expected.definitions())) {
        throw SqliteFailure.corrupt("no outbox has such tables");
      }
    }
  }

  private Set<String> definitions() throws SQLException {
    Set<String> definitions = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT concat_ws(' ', t.name, t.wr, t.strict, c.cid, c.name, c.type, c."notnull", c.pk)
                FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
                WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%'
                UNION ALL
                SELECT concat_ws(' ', t.name, i.name, i."unique", i.origin)
                FROM pragma_table_list AS t JOIN pragma_index_list(t.name) AS i
                WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%'""")) {
      while (row.next()) {
        definitions.add(row.getString(1));
      }
    }
    return definitions;
  }

  /// The version of the file's tables; 0 if it has none.
  int version() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /// Creates the tables, or migrates them from an older version.
  void migrate() throws SQLException {
    int version = version();
    if (version == 1) {
      for (String table : OLD_TABLES) {
        execute("ALTER TABLE %s RENAME TO old_%s".formatted(table, table));
      }
    }
    if (version < VERSION) {
      executeAll("schema-2.sql");
    }
    switch (version) {
      case 0 -> insertOutboxId();
      case 1 -> executeAll("from-1-to-2.sql");
      default -> {}
    }
    execute("PRAGMA user_version = " + VERSION);
    connection.commit();
  }

  private void insertOutboxId() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO setting VALUES ('outbox_id', ?)")) {
      insert.setString(1, OutboxId.random().toString());
      insert.executeUpdate();
    }
  }

  private void executeAll(String resource) throws SQLException {
    for (String sql : statements(resource)) {
      execute(sql);
    }
  }

  /// The statements of a script beside this class.
  static List<String> statements(String resource) {
    String script = read(resource).replaceAll("(?m)^--.*$", "");
    return Arrays.stream(script.split(";")).filter(it -> !it.isBlank()).toList();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static String read(String resource) {
    try (InputStream in =
        Objects.requireNonNull(OutboxSchema.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
