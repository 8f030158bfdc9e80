package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.gateway.Gateways;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;

/// Stores whose every call, or every write, somebody may get in between: before it is done, and
/// after it was done but before its caller knows.
final class Watched {
  /// Gets in between.
  interface Meddler {
    /// @param call counts from 1
    void at(int call, boolean done);
  }

  private final Predicate<String> methods;
  private final Meddler meddler;
  private int calls;

  private Watched(Predicate<String> methods, Meddler meddler) {
    this.methods = methods;
    this.meddler = meddler;
  }

  static AggregateStores everyWrite(AggregateStores stores, Meddler meddler) {
    return new Watched("replace"::equals, meddler).over(stores);
  }

  static AggregateStores everyCall(AggregateStores stores, Meddler meddler) {
    return new Watched(_ -> true, meddler).over(stores);
  }

  private AggregateStores over(AggregateStores stores) {
    return new AggregateStores(
        over(EventStore.class, stores.events()),
        over(Aggregates.class, stores.aggregates()),
        over(Gateways.class, stores.gateways()),
        over(FloorPlans.class, stores.floorPlans()),
        stores.together());
  }

  private <T> T over(Class<T> port, T store) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              try {
                if (!methods.test(method.getName())) {
                  return method.invoke(store, arguments);
                }
                int call = ++calls;
                meddler.at(call, false);
                Object answer = method.invoke(store, arguments);
                meddler.at(call, true);
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
