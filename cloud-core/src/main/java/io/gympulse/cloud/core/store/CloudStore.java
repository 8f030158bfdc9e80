package io.gympulse.cloud.core.store;

import io.gympulse.cloud.core.aggregate.Aggregates;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.event.EventStore;
import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.forecast.ForecastModels;
import io.gympulse.cloud.core.gateway.GatewayHealths;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.cloud.core.query.CloudQueries;

/// The cloud's store. Every write is idempotent, so that an interrupted operation can simply be
/// repeated. Methods throw [StoreUnavailableException] while the store cannot be used. Safe for any
/// number of threads.
public interface CloudStore extends AutoCloseable {
  EventStore events();

  CurrentStates current();

  Gateways gateways();

  GatewayHealths healths();

  Aggregates aggregates();

  ForecastModels forecasts();

  FloorPlans floorPlans();

  UnregisteredMachines unregistered();

  /// The same content, for the API.
  CloudQueries queries();

  /// Groups several writes at the cost of one. They are durable when this returns; if it throws,
  /// some, all or none of them may be, and repeating them is harmless.
  void together(Runnable writes);

  @Override
  void close();

  /// A store that pushes its changes itself; the other ones have a stream that is read separately.
  interface WithFeed extends CloudStore {
    UpdateFeed feed();
  }
}
