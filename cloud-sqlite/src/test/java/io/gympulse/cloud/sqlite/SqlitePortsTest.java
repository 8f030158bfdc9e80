package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.PortsContract;

class SqlitePortsTest extends PortsContract {
  @Override
  protected CloudStore fresh() {
    return SqliteCloudStoreTest.fresh();
  }
}
