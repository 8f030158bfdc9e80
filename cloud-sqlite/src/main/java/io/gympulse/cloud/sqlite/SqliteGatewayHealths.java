package io.gympulse.cloud.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.core.gateway.GatewayHealths;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.codec.GatewayHealthCodec;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.message.GatewayHealth;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Gateways' health in the table `gateway_health`.
final class SqliteGatewayHealths implements GatewayHealths {
  private final Database database;

  SqliteGatewayHealths(Database database) {
    this.database = database;
  }

  @Override
  public boolean offer(ReceivedHealth health) {
    return database.update(
            """
            INSERT INTO gateway_health (gateway, reported_at, received_at, health)
            VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET reported_at = ?2, received_at = ?3, health = ?4
            WHERE reported_at <= ?2""",
            health.health().from().gateway().value(),
            health.reportedAt().toEpochMilli(),
            health.receivedAt().toEpochMilli(),
            new String(GatewayHealthCodec.encode(health.health()), UTF_8))
        == 1;
  }

  @Override
  public Optional<ReceivedHealth> find(GatewayId gateway) {
    return find(database, gateway);
  }

  static Optional<ReceivedHealth> find(Database database, GatewayId gateway) {
    return database
        .query(
            "SELECT * FROM gateway_health WHERE gateway = ?",
            SqliteGatewayHealths::health,
            gateway.value())
        .stream()
        .findFirst();
  }

  private static ReceivedHealth health(ResultSet row) throws SQLException {
    Instant receivedAt = Instant.ofEpochMilli(row.getLong("received_at"));
    return switch (GatewayHealthCodec.decode(row.getString("health").getBytes(UTF_8))) {
      case DecodeResult.Valid<GatewayHealth>(GatewayHealth it) ->
          new ReceivedHealth(it, receivedAt);
      case DecodeResult.Invalid<GatewayHealth> it ->
          throw new SQLException("health of %s: %s".formatted(row.getString(1), it.rejection()));
    };
  }
}
