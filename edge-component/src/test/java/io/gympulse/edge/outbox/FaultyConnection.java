package io.gympulse.edge.outbox;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/// A connection whose n-th statement or commit fails: as by a kill of the process, after which no
/// call succeeds any more, or as by a disk that fails once.
final class FaultyConnection {
  private static final Set<String> COUNTED =
      Set.of("executeUpdate", "executeBatch", "executeQuery", "execute", "commit");

  private final Connection real;
  private final Fault fault;
  private int left;
  private boolean killed;

  enum Fault {
    KILLED_BEFORE,
    KILLED_AFTER,
    FAILS_ONCE
  }

  /// Stands for the end of the process.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  FaultyConnection(Connection real, Fault fault) {
    this.real = real;
    this.fault = fault;
  }

  Connection connection() {
    return proxy(Connection.class, real);
  }

  /// @param at which call from here on fails; 0 for none
  void arm(int at) {
    left = at;
  }

  private <T> T proxy(Class<T> type, Object target) {
    InvocationHandler handler = (_, method, arguments) -> call(target, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    if (killed) {
      throw new Killed();
    }
    boolean due = COUNTED.contains(method.getName()) && --left == 0;
    if (due && fault == Fault.FAILS_ONCE) {
      real.rollback();
      throw new SQLException("[SQLITE_FULL] fails once");
    }
    if (due && fault == Fault.KILLED_BEFORE) {
      killed = true;
      throw new Killed();
    }
    Object result = invoke(target, method, arguments);
    if (due) {
      killed = true;
      throw new Killed();
    }
    return switch (result) {
      case PreparedStatement it -> proxy(PreparedStatement.class, it);
      case Statement it -> proxy(Statement.class, it);
      case null, default -> result;
    };
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
