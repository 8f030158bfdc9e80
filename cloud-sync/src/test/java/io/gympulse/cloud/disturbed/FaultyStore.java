package io.gympulse.cloud.disturbed;

import io.gympulse.cloud.core.store.CloudStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// A store in which any call of it or of its ports may fail, before it is done or after: an answer
/// that was lost. Calls that only hand out a port are not asked about.
public final class FaultyStore {
  /// When a fault may strike.
  public enum Moment {
    BEFORE,
    AFTER
  }

  /// Decides about each call.
  @FunctionalInterface
  public interface Fault {
    Fault NONE = (_, _) -> {};

    /// Throws to let the call fail.
    ///
    /// @param call the method's name, such as `offer`, `replace` or `together`
    void strike(Moment moment, String call);
  }

  private final Fault fault;

  private FaultyStore(Fault fault) {
    this.fault = fault;
  }

  public static CloudStore over(CloudStore store, Fault fault) {
    return over(CloudStore.class, store, fault);
  }

  /// One of its ports alone.
  ///
  /// @param port an interface
  static <T> T over(Class<T> port, T real, Fault fault) {
    return new FaultyStore(fault).wrap(port, real);
  }

  private <T> T wrap(Class<T> port, Object real) {
    InvocationHandler handler = (_, method, arguments) -> call(real, method, arguments);
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  private Object call(Object real, Method method, Object[] arguments) throws Throwable {
    if (real instanceof CloudStore && method.getReturnType().isInterface()) {
      return wrap(method.getReturnType(), invoke(real, method, arguments));
    }
    fault.strike(Moment.BEFORE, method.getName());
    Object answer = invoke(real, method, arguments);
    fault.strike(Moment.AFTER, method.getName());
    return answer;
  }

  private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
