package io.gympulse.cloud.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A connection's statements, each prepared once: parsing one costs more than running it. For one
/// thread at a time.
final class Statements implements AutoCloseable {
  /// More than all that are run often.
  private static final int MOST = 64;

  private final Connection connection;
  private final LinkedHashMap<String, PreparedStatement> idle =
      new LinkedHashMap<>(MOST, 0.75f, true);

  Statements(Connection connection) {
    this.connection = connection;
  }

  /// What is done with a statement; it leaves no result open.
  interface Use<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  /// One that failed is not used again.
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

  /// Whoever runs the same text while this one is in use gets another.
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
