package io.gympulse.cloud.state.memory;

import io.gympulse.cloud.state.connection.Connections;
import io.gympulse.cloud.state.connection.ConnectionsContract;

class InMemoryConnectionsTest extends ConnectionsContract {
  @Override
  protected Connections open() {
    return new InMemoryConnections();
  }
}
