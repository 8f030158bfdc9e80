package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One SQLite connection, locked by one thread at a time. A statement outside a transaction is a
/// transaction of its own.
final class Database implements AutoCloseable {
  /// Maps one row.
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /// An operation on the connection.
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /// Binds all parameters of a statement.
  interface Binder<T> {
    void bind(PreparedStatement statement, T item) throws SQLException;
  }

  private final Connection connection;
  private final StatementCache statements;
  private final ReentrantLock lock = new ReentrantLock();

  Database(Connection connection) {
    this.connection = connection;
    this.statements = new StatementCache(connection);
  }

  <T> T with(Work<T> work) {
    lock.lock();
    try {
      return work.run(connection);
    } catch (SQLException e) {
      throw new StoreUnavailableException("the store failed: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  /// Runs the writes in one transaction; within a transaction of this thread they join it.
  void transaction(Runnable writes) {
    if (lock.isHeldByCurrentThread()) {
      writes.run();
      return;
    }
    with(
        it -> {
          update("BEGIN IMMEDIATE");
          boolean done = false;
          try {
            writes.run();
            update("COMMIT");
            done = true;
          } finally {
            if (!done) {
              rollBack();
            }
          }
          return done;
        });
  }

  /// After some failures, a full disk among them, SQLite has already rolled back. The error that
  /// there is no transaction must not hide the original one.
  private void rollBack() {
    try {
      update("ROLLBACK");
    } catch (StoreUnavailableException _) {
      // The original exception is rethrown.
    }
  }

  void execute(String sql) {
    with(
        it -> {
          try (var statement = it.createStatement()) {
            return statement.execute(sql);
          }
        });
  }

  /// @return how many rows changed
  int update(String sql, @Nullable Object... parameters) {
    return prepared(
        sql,
        statement -> {
          bind(statement, parameters);
          return statement.executeUpdate();
        });
  }

  /// Runs a statement once for each item.
  ///
  /// @return the items for which no row changed
  <T> List<T> each(String sql, List<T> items, Binder<T> binder) {
    if (items.isEmpty()) {
      return List.of();
    }
    int[] changed = run(sql, items, binder);
    List<T> without = new ArrayList<>();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == 0) {
        without.add(items.get(i));
      }
    }
    return without;
  }

  private <T> int[] run(String sql, List<T> items, Binder<T> binder) {
    return prepared(
        sql,
        statement -> {
          for (T item : items) {
            binder.bind(statement, item);
            statement.addBatch();
          }
          return statement.executeBatch();
        });
  }

  <T> List<T> query(String sql, Row<T> row, @Nullable Object... parameters) {
    return prepared(
        sql,
        statement -> {
          bind(statement, parameters);
          List<T> rows = new ArrayList<>();
          try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
              rows.add(row.read(result));
            }
          }
          return rows;
        });
  }

  private <T> T prepared(String sql, StatementCache.Use<T> use) {
    return with(_ -> statements.use(sql, use));
  }

  private static void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  @Override
  public void close() {
    with(
        it -> {
          statements.close();
          it.close();
          return true;
        });
  }
}
