package io.gympulse.edge.outbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A connection whose commits are refused for as long as that is wanted; what was to be committed
/// is rolled back, as SQLite does by itself.
final class RefusingConnection {
  private final Connection real;
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile Optional<SQLiteErrorCode> refusal = Optional.empty();

  RefusingConnection(Connection real) {
    this.real = real;
  }

  Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              Optional<SQLiteErrorCode> met = refusal;
              if (method.getName().equals("commit") && met.isPresent()) {
                real.rollback();
                refusals.incrementAndGet();
                throw new SQLiteException("refused", met.get());
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  void refuse(SQLiteErrorCode code) {
    refusal = Optional.of(code);
  }

  void accept() {
    refusal = Optional.empty();
  }

  int refusals() {
    return refusals.get();
  }
}
