package io.gympulse.cloud.state.sqlite;

import io.gympulse.cloud.state.presence.GatewayPresence;
import io.gympulse.cloud.state.presence.Presences;
import io.gympulse.contract.id.GatewayId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Presences in the table `presence`.
final class SqlitePresences implements Presences {
  private final Database database;
  private final FeedPositions positions;

  SqlitePresences(Database database, FeedPositions positions) {
    this.database = database;
    this.positions = positions;
  }

  @Override
  public Optional<GatewayPresence> find(GatewayId gateway) {
    return database
        .query("SELECT * FROM presence WHERE gateway = ?", Rows::presence, gateway.value())
        .stream()
        .findFirst();
  }

  @Override
  public List<GatewayPresence> all() {
    return all(database);
  }

  static List<GatewayPresence> all(Database database) {
    return database.query("SELECT * FROM presence ORDER BY gateway", Rows::presence);
  }

  @Override
  public boolean replace(Optional<GatewayPresence> expected, GatewayPresence next) {
    boolean[] kept = new boolean[1];
    database.transaction(
        () -> {
          kept[0] = find(next.gateway().gateway()).equals(expected);
          if (kept[0] && !expected.equals(Optional.of(next))) {
            put(next, positions.next());
          }
        });
    positions.announce();
    return kept[0];
  }

  private void put(GatewayPresence presence, long position) {
    database.update(
        """
        INSERT OR REPLACE INTO presence
          (gateway, gym, online, since, last_heard, covered_to, outbox_depth, position)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        presence.gateway().gateway().value(),
        presence.gateway().gym().value(),
        presence.online() ? 1 : 0,
        presence.since().toEpochMilli(),
        presence.lastHeardAt().toEpochMilli(),
        presence.coveredTo().map(Instant::toEpochMilli).orElse(null),
        presence.outboxDepth(),
        position);
  }
}
