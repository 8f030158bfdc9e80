package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.connection.Connections;
import io.gympulse.cloud.core.connection.ConnectionsContract;

class InMemoryConnectionsTest extends ConnectionsContract {
  @Override
  protected Connections open() {
    return new InMemoryConnections();
  }
}
