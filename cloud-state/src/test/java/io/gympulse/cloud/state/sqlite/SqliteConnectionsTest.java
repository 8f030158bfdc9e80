package io.gympulse.cloud.state.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.state.broadcast.Audience;
import io.gympulse.cloud.state.connection.ConnectionId;
import io.gympulse.cloud.state.connection.Connections;
import io.gympulse.cloud.state.connection.ConnectionsContract;
import io.gympulse.cloud.state.connection.StreamConnection;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteConnectionsTest extends ConnectionsContract {
  @Override
  protected Connections open() {
    return SqliteCloudStore.open(TemporaryFile.named("cloud.db")).connections();
  }

  @Test
  void connections_outlive_the_process(@TempDir Path folder) {
    Path file = folder.resolve("cloud.db");
    StreamConnection kept =
        new StreamConnection(
            new ConnectionId("L0SM9cOFvHcCIhw="),
            Optional.of(ANNA),
            Audience.EVERYONE,
            NOON.plusSeconds(60));
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      store.connections().connect(kept, NOON);
    }
    try (SqliteCloudStore store = SqliteCloudStore.open(file)) {
      assertThat(store.connections().ofUser(ANNA, NOON, Optional.empty(), 9).items())
          .containsExactly(kept);
    }
  }
}
