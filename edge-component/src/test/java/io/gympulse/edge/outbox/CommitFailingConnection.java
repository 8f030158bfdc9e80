package io.gympulse.edge.outbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A connection whose commits fail while that is switched on; the transaction is rolled back, as
/// SQLite does by itself.
final class CommitFailingConnection {
  private final Connection real;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile Optional<SQLiteErrorCode> failure = Optional.empty();

  CommitFailingConnection(Connection real) {
    this.real = real;
  }

  Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              Optional<SQLiteErrorCode> code = failure;
              if (method.getName().equals("commit") && code.isPresent()) {
                real.rollback();
                failures.incrementAndGet();
                throw new SQLiteException("commit fails", code.get());
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  void failWith(SQLiteErrorCode code) {
    failure = Optional.of(code);
  }

  void recover() {
    failure = Optional.empty();
  }

  int failures() {
    return failures.get();
  }
}
