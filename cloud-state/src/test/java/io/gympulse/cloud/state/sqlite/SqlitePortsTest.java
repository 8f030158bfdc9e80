package io.gympulse.cloud.state.sqlite;

import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.CurrentStatesContract;
import io.gympulse.cloud.state.store.EventStoreContract;
import io.gympulse.cloud.state.store.FloorPlansContract;
import io.gympulse.cloud.state.store.GatewaysContract;
import org.junit.jupiter.api.Nested;

class SqlitePortsTest {
  @Nested
  class Events extends EventStoreContract {
    @Override
    protected CloudStore open() {
      return SqliteCloudStoreTest.fresh();
    }
  }

  @Nested
  class States extends CurrentStatesContract {
    @Override
    protected CloudStore open() {
      return SqliteCloudStoreTest.fresh();
    }
  }

  @Nested
  class GatewayRecords extends GatewaysContract {
    @Override
    protected CloudStore open() {
      return SqliteCloudStoreTest.fresh();
    }
  }

  @Nested
  class Plans extends FloorPlansContract {
    @Override
    protected CloudStore open() {
      return SqliteCloudStoreTest.fresh();
    }
  }
}
