package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.gateway.GatewayCodec;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.contract.id.GatewayId;
import java.util.List;
import java.util.Optional;

/// Gateways in the table `gateway`.
final class SqliteGateways implements Gateways {
  private final Database database;
  private final FeedPositions positions;

  SqliteGateways(Database database, FeedPositions positions) {
    this.database = database;
    this.positions = positions;
  }

  @Override
  public Optional<Gateway> find(GatewayId gateway) {
    return database
        .query("SELECT * FROM gateway WHERE gateway = ?", Rows::gateway, gateway.value())
        .stream()
        .findFirst();
  }

  @Override
  public List<Gateway> all() {
    return database.query("SELECT * FROM gateway ORDER BY gateway", Rows::gateway);
  }

  @Override
  public boolean replace(Optional<Gateway> expected, Gateway next) {
    boolean[] kept = new boolean[1];
    database.transaction(
        () -> {
          kept[0] = find(next.address().gateway()).equals(expected);
          if (kept[0] && !expected.equals(Optional.of(next))) {
            put(next, !expected.flatMap(Gateway::presence).equals(next.presence()));
          }
        });
    positions.publish();
    return kept[0];
  }

  private void put(Gateway gateway, boolean visible) {
    Optional<GatewayPresence> presence = gateway.presence();
    database.update(
        """
        INSERT INTO gateway
          (gateway, gym, online, since, last_heard, outbox_depth, coverage, arrears, position)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT DO UPDATE SET gym = ?2, online = ?3, since = ?4, last_heard = ?5,
          outbox_depth = ?6, coverage = ?7, arrears = ?8,
          position = CASE WHEN ?9 = 0 THEN position ELSE ?9 END""",
        gateway.address().gateway().value(),
        gateway.address().gym().value(),
        presence.map(it -> it.online() ? 1 : 0).orElse(null),
        presence.map(it -> it.since().toEpochMilli()).orElse(null),
        presence.map(it -> it.lastHeardAt().toEpochMilli()).orElse(null),
        presence.map(GatewayPresence::outboxDepth).orElse(null),
        GatewayCodec.encode(gateway.coverage()),
        GatewayCodec.encode(gateway.backlog()),
        visible ? positions.next() : 0);
  }
}
