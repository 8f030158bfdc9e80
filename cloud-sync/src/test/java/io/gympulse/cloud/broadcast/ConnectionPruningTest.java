package io.gympulse.cloud.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.disturbed.Disturbance;
import io.gympulse.cloud.state.broadcast.Audience;
import io.gympulse.cloud.state.connection.ConnectionId;
import io.gympulse.cloud.state.connection.Connections;
import io.gympulse.cloud.state.connection.StreamConnection;
import io.gympulse.cloud.state.memory.InMemoryConnections;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectionPruningTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final InMemoryConnections connections = new InMemoryConnections();
  private final ConnectionPruning pruning = new ConnectionPruning(connections);

  @Test
  void what_expired_is_removed_by_a_process_s_first_run_and_once_per_pause() {
    connect("one", NOON);
    connect("two", NOON.plusSeconds(60));
    pruning.onSchedule(NOON);
    assertThat(pruning.pruned()).isEqualTo(1);
    pruning.onSchedule(NOON.plusSeconds(60));
    assertThat(pruning.pruned()).isEqualTo(1);
    pruning.onSchedule(NOON.plus(ConnectionPruning.PAUSE));
    assertThat(pruning.pruned()).isEqualTo(2);
  }

  @Test
  void a_run_that_fails_is_made_up_for_by_the_next() {
    connect("one", NOON);
    Disturbance away = new Disturbance(new Random(1), 1);
    ConnectionPruning failing = new ConnectionPruning(away.before(Connections.class, connections));
    assertThatThrownBy(() -> failing.onSchedule(NOON))
        .isInstanceOf(StoreUnavailableException.class);
    away.end();
    failing.onSchedule(NOON.plusSeconds(60));
    assertThat(failing.pruned()).isEqualTo(1);
  }

  private void connect(String id, Instant expires) {
    connections.connect(
        new StreamConnection(new ConnectionId(id), Optional.empty(), Audience.EVERYONE, expires),
        NOON.minusSeconds(60));
  }
}
