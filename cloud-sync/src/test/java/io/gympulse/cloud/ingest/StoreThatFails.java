package io.gympulse.cloud.ingest;

import io.gympulse.cloud.state.aggregate.Aggregates;
import io.gympulse.cloud.state.current.CurrentStates;
import io.gympulse.cloud.state.event.EventStore;
import io.gympulse.cloud.state.floor.FloorPlans;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import io.gympulse.cloud.state.gateway.Gateways;
import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.CloudView;
import java.util.function.UnaryOperator;

/// A store whose writes fail as long as it is told so.
final class StoreThatFails implements CloudStore {
  private final CloudStore store;
  private UnaryOperator<Runnable> fault = UnaryOperator.identity();

  StoreThatFails(CloudStore store) {
    this.store = store;
  }

  /// Fails instead of writing.
  void failBeforeWriting(RuntimeException failure) {
    fault =
        _ ->
            () -> {
              throw failure;
            };
  }

  /// Writes, and fails all the same: a commit whose answer was lost.
  void failAfterWriting(RuntimeException failure) {
    fault =
        writes ->
            () -> {
              store.together(writes);
              throw failure;
            };
  }

  /// Fails instead of writing, a number of times.
  void failFirst(int times, RuntimeException failure) {
    int[] calls = new int[1];
    fault =
        writes ->
            () -> {
              if (calls[0]++ < times) {
                throw failure;
              }
              store.together(writes);
            };
  }

  void mend() {
    fault = UnaryOperator.identity();
  }

  @Override
  public void together(Runnable writes) {
    Runnable faulty = fault.apply(writes);
    if (faulty == writes) {
      store.together(writes);
    } else {
      faulty.run();
    }
  }

  @Override
  public EventStore events() {
    return store.events();
  }

  @Override
  public CurrentStates current() {
    return store.current();
  }

  @Override
  public Gateways gateways() {
    return store.gateways();
  }

  @Override
  public Aggregates aggregates() {
    return store.aggregates();
  }

  @Override
  public FloorPlans floorPlans() {
    return store.floorPlans();
  }

  @Override
  public UnregisteredMachines unregistered() {
    return store.unregistered();
  }

  @Override
  public CloudView view() {
    return store.view();
  }

  @Override
  public void close() {
    store.close();
  }
}
