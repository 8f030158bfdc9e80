package io.gympulse.cloud.disturbed;

import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Random;
import java.util.Set;

/// Stands between handlers and their ports. Any call of a port may be throttled, before it is done
/// or after (an answer that was lost), or may be the last thing that the handler's process does.
public final class Disturbance {
  private static final int RARELY = 120;

  /// Ports whose calls are not writes or reads of the store, but lead to them.
  private static final Set<String> WAYS =
      Set.of(
          "events",
          "current",
          "gateways",
          "aggregates",
          "floorPlans",
          "unregistered",
          "view",
          "together",
          "close");

  /// The process is dead: nothing of it goes on, not even its catch blocks for exceptions.
  public static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  private final Random random;
  private final int oneIn;
  private int throttled;
  private int deaths;
  private boolean over;

  Disturbance(Random random) {
    this(random, RARELY);
  }

  /// @param oneIn of so many moments, before or after a call, one throttles and one kills
  public Disturbance(Random random, int oneIn) {
    this.random = random;
    this.oneIn = oneIn;
  }

  /// @param port an interface
  public <T> T before(Class<T> port, T real) {
    return wrap(port, real);
  }

  CloudStore before(CloudStore store) {
    return wrap(CloudStore.class, store);
  }

  /// From now on nothing is disturbed.
  public void end() {
    over = true;
  }

  public int throttled() {
    return throttled;
  }

  public int deaths() {
    return deaths;
  }

  private <T> T wrap(Class<T> port, Object real) {
    InvocationHandler handler = (_, method, arguments) -> call(real, method, arguments);
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  private Object call(Object real, Method method, Object[] arguments) throws Throwable {
    if (real instanceof CloudStore && WAYS.contains(method.getName())) {
      Object way = invoke(real, method, arguments);
      return method.getReturnType().isInterface() ? wrap(method.getReturnType(), way) : way;
    }
    disturb();
    Object answer = invoke(real, method, arguments);
    disturb();
    return answer;
  }

  private void disturb() {
    if (over) {
      return;
    }
    switch (random.nextInt(oneIn)) {
      case 0 -> {
        throttled++;
        throw new StoreUnavailableException("throttled", null);
      }
      case 1 -> {
        deaths++;
        throw new Death();
      }
      default -> {}
    }
  }

  private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
