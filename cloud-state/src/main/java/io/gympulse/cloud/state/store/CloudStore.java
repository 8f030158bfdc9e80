package io.gympulse.cloud.state.store;

import io.gympulse.cloud.state.aggregate.Aggregates;
import io.gympulse.cloud.state.current.CurrentStates;
import io.gympulse.cloud.state.event.EventStore;
import io.gympulse.cloud.state.floor.FloorPlans;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import io.gympulse.cloud.state.gateway.Gateways;

/// The cloud's store. Every write is idempotent, so that whatever was interrupted may simply be
/// done again. Methods throw [StoreUnavailableException] while the store cannot be used. Safe for
/// any number of threads.
public interface CloudStore extends AutoCloseable {
  EventStore events();

  CurrentStates current();

  Gateways gateways();

  Aggregates aggregates();

  FloorPlans floorPlans();

  UnregisteredMachines unregistered();

  /// The same content, for readers.
  CloudView view();

  /// Does several writes at the price of one. They are durable when this returns; if it throws,
  /// some, all or none of them may be, and doing them again is harmless.
  void together(Runnable writes);

  @Override
  void close();
}
