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

/// A connection on which the n-th statement or commit ends it: as a kill of the process does, after
/// which nothing gets through any more, or as a disk does that refuses once.
final class DyingConnection {
  private static final Set<String> COUNTED =
      Set.of("executeUpdate", "executeBatch", "executeQuery", "execute", "commit");

  private final Connection real;
  private final Fault fault;
  private int left;
  private boolean dead;

  enum Fault {
    KILLED_BEFORE,
    KILLED_AFTER,
    REFUSED
  }

  /// What a killed process does not live to see.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  DyingConnection(Connection real, Fault fault) {
    this.real = real;
    this.fault = fault;
  }

  Connection connection() {
    return proxy(Connection.class, real);
  }

  /// @param at which call from here on the fault meets; 0 for none
  void arm(int at) {
    left = at;
  }

  private <T> T proxy(Class<T> type, Object target) {
    InvocationHandler handler = (_, method, arguments) -> call(target, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    if (dead) {
      throw new Killed();
    }
    boolean met = COUNTED.contains(method.getName()) && --left == 0;
    if (met && fault == Fault.REFUSED) {
      real.rollback();
      throw new SQLException("[SQLITE_FULL] refused for once");
    }
    if (met && fault == Fault.KILLED_BEFORE) {
      dead = true;
      throw new Killed();
    }
    Object result = invoke(target, method, arguments);
    if (met) {
      dead = true;
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
