package io.gympulse.cloud.state.sqlite;

import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.cloud.state.store.PortsContract;

class SqlitePortsTest extends PortsContract {
  @Override
  protected CloudStore fresh() {
    return SqliteCloudStoreTest.fresh();
  }
}
