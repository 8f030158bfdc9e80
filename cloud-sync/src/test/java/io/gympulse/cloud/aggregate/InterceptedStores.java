package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.gateway.Gateways;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Predicate;

/// Stores that call an interceptor before and after every call, or every write.
final class InterceptedStores {
  /// Called before and after a call.
  interface Interceptor {
    /// @param call counts from 1
    void at(int call, boolean done);
  }

  private final Predicate<String> methods;
  private final Interceptor interceptor;
  private int calls;

  private InterceptedStores(Predicate<String> methods, Interceptor interceptor) {
    this.methods = methods;
    this.interceptor = interceptor;
  }

  static AggregateStores everyWrite(AggregateStores stores, Interceptor interceptor) {
    return new InterceptedStores("replace"::equals, interceptor).over(stores);
  }

  static AggregateStores everyCall(AggregateStores stores, Interceptor interceptor) {
    return new InterceptedStores(_ -> true, interceptor).over(stores);
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
                interceptor.at(call, false);
                Object answer = method.invoke(store, arguments);
                interceptor.at(call, true);
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
