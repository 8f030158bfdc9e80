package io.gympulse.cloud.core.store;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.floor.UnregisteredMachines;
import io.gympulse.cloud.core.gateway.Gateways;

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
