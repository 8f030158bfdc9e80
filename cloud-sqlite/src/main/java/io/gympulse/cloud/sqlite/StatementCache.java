package io.gympulse.cloud.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A connection's prepared statements, reused: preparing one costs more than running it. For one
/// thread at a time.
final class StatementCache implements AutoCloseable {
  /// More than there are frequent statements.
  private static final int MOST = 64;

  private final Connection connection;
  private final LinkedHashMap<String, PreparedStatement> idle =
      new LinkedHashMap<>(MOST, 0.75f, true);

  StatementCache(Connection connection) {
    this.connection = connection;
  }

  /// Uses a statement and leaves no result open.
  interface Use<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  /// A statement that failed is closed and not reused.
  <T> T use(String sql, Use<T> use) throws SQLException {
    PreparedStatement statement = taken(sql);
    boolean done = false;
    try {
      T result = use.with(statement);
      done = true;
      return result;
    } finally {
      if (done) {
        keep(sql, statement);
      } else {
        statement.close();
      }
    }
  }

  /// While a statement is in use, another one is prepared for the same SQL.
  private PreparedStatement taken(String sql) throws SQLException {
    PreparedStatement waiting = idle.remove(sql);
    return waiting == null ? connection.prepareStatement(sql) : waiting;
  }

  private void keep(String sql, PreparedStatement statement) throws SQLException {
    close(Optional.ofNullable(idle.put(sql, statement)));
    if (idle.size() > MOST) {
      close(Optional.ofNullable(idle.pollFirstEntry()).map(Map.Entry::getValue));
    }
  }

  private static void close(Optional<PreparedStatement> statement) throws SQLException {
    if (statement.isPresent()) {
      statement.get().close();
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : idle.values()) {
      statement.close();
    }
    idle.clear();
  }
}
