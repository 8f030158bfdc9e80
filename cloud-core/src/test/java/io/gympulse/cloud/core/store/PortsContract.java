package io.gympulse.cloud.core.store;

import io.gympulse.cloud.core.forecast.ForecastModelsContract;
import org.junit.jupiter.api.Nested;

/// The contracts of every port of a store.
public abstract class PortsContract {
  /// A new, empty store.
  protected abstract CloudStore fresh();

  @Nested
  class Events extends EventStoreContract {
    @Override
    protected CloudStore open() {
      return fresh();
    }
  }

  @Nested
  class States extends CurrentStatesContract {
    @Override
    protected CloudStore open() {
      return fresh();
    }
  }

  @Nested
  class GatewayRecords extends GatewaysContract {
    @Override
    protected CloudStore open() {
      return fresh();
    }
  }

  @Nested
  class Healths extends GatewayHealthsContract {
    @Override
    protected CloudStore open() {
      return fresh();
    }
  }

  @Nested
  class Queries extends QueriesContract {
    @Override
    protected CloudStore open() {
      return fresh();
    }
  }

  @Nested
  class Plans extends FloorPlansContract {
    @Override
    protected CloudStore open() {
      return fresh();
    }
  }

  @Nested
  class Models extends ForecastModelsContract {
    @Override
    protected CloudStore open() {
      return fresh();
    }
  }
}
