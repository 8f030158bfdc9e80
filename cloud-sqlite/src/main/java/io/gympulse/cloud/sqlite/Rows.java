package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentState.PreviousStatus;
import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.gateway.GatewayCodec;
import io.gympulse.cloud.core.query.Branch;
import io.gympulse.cloud.core.query.Branch.BranchMachine;
import io.gympulse.cloud.core.query.Branch.MachineDetail;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Maps rows to values.
final class Rows {
  private Rows() {}

  static StoredEvent event(ResultSet row) throws SQLException {
    return new StoredEvent(
        new OutboxId(UUID.fromString(row.getString("outbox"))),
        new MachineEvent(
            new Sequence(row.getLong("seq")),
            new MachineId(row.getString("machine")),
            status(row),
            reason(row),
            Instant.ofEpochMilli(row.getLong("at")),
            named(row, "quality", TimeQuality::ofWireName),
            summary(row)));
  }

  private static Optional<Summary> summary(ResultSet row) throws SQLException {
    long first = row.getLong("stands_from");
    if (row.wasNull()) {
      return Optional.empty();
    }
    Duration occupied = Duration.ofMillis(row.getLong("occupied"));
    Duration free = Duration.ofMillis(row.getLong("free"));
    Duration unknown = Duration.ofMillis(row.getLong("unknown"));
    Instant until = Instant.ofEpochMilli(row.getLong("at"));
    return Optional.of(
        new Summary(
            new Sequence(first),
            until.minus(occupied).minus(free).minus(unknown),
            occupied,
            free,
            unknown,
            row.getInt("transitions")));
  }

  static HistoryEntry history(ResultSet row) throws SQLException {
    return new HistoryEntry(
        Instant.ofEpochMilli(row.getLong("at")),
        status(row),
        reason(row),
        summary(row),
        outbox(row),
        row.getLong("seq"));
  }

  private static Optional<OutboxId> outbox(ResultSet row) throws SQLException {
    String outbox = row.getString("outbox");
    return outbox.isEmpty() ? Optional.empty() : Optional.of(new OutboxId(UUID.fromString(outbox)));
  }

  /// The columns `branch`, `branch_*` and those of the gym, and the presence if there is one.
  static Branch branch(ResultSet row) throws SQLException {
    return new Branch(
        new Gym(
            new GymId(row.getString("branch")),
            row.getString("branch_name"),
            row.getDouble("latitude"),
            row.getDouble("longitude"),
            ZoneId.of(row.getString("zone"))),
        new GatewayId(row.getString("branch_gateway")),
        row.getString("online") == null
            ? Optional.empty()
            : Optional.of(presence(row, "gateway_gym", "presence_since")));
  }

  /// A branch with the columns `place*`, and the state if there is one.
  static MachineDetail machine(ResultSet row) throws SQLException {
    return new MachineDetail(
        branch(row),
        new BranchMachine(
            new MachineId(row.getString("place")),
            row.getString("place_name"),
            new CategoryId(row.getString("place_category")),
            row.getDouble("x"),
            row.getDouble("y"),
            row.getString("status") == null ? Optional.empty() : Optional.of(state(row))));
  }

  static CurrentState state(ResultSet row) throws SQLException {
    return new CurrentState(
        new MachineId(row.getString("machine")),
        new GymId(row.getString("gym")),
        new CategoryId(row.getString("category")),
        status(row),
        reason(row),
        Instant.ofEpochMilli(row.getLong("since")),
        Instant.ofEpochMilli(row.getLong("as_of")),
        row.getLong("seq"),
        earlier(row),
        row.getBoolean("present"));
  }

  private static Optional<PreviousStatus> earlier(ResultSet row) throws SQLException {
    if (row.getString("earlier_status") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new PreviousStatus(
            named(row, "earlier_status", MachineStatus::ofWireName),
            Instant.ofEpochMilli(row.getLong("earlier_since")),
            Instant.ofEpochMilli(row.getLong("earlier_as_of")),
            row.getLong("earlier_seq")));
  }

  static Gateway gateway(ResultSet row) throws SQLException {
    return new Gateway(
        address(row),
        row.getString("online") == null ? Optional.empty() : Optional.of(presence(row)),
        GatewayCodec.coverage(row.getString("coverage")),
        GatewayCodec.backlog(row.getString("arrears")));
  }

  static GatewayPresence presence(ResultSet row) throws SQLException {
    return presence(row, "gym", "since");
  }

  private static GatewayPresence presence(ResultSet row, String gym, String since)
      throws SQLException {
    return new GatewayPresence(
        new GatewayAddress(new GymId(row.getString(gym)), new GatewayId(row.getString("gateway"))),
        row.getBoolean("online"),
        Instant.ofEpochMilli(row.getLong(since)),
        Instant.ofEpochMilli(row.getLong("last_heard")),
        row.getLong("outbox_depth"));
  }

  private static GatewayAddress address(ResultSet row) throws SQLException {
    return new GatewayAddress(
        new GymId(row.getString("gym")), new GatewayId(row.getString("gateway")));
  }

  private static MachineStatus status(ResultSet row) throws SQLException {
    return named(row, "status", MachineStatus::ofWireName);
  }

  private static Optional<UnknownReason> reason(ResultSet row) throws SQLException {
    @Nullable String name = row.getString("reason");
    return name == null ? Optional.empty() : UnknownReason.ofWireName(name);
  }

  private static <T> T named(ResultSet row, String column, Function<String, Optional<T>> lookup)
      throws SQLException {
    String name = row.getString(column);
    return lookup
        .apply(name)
        .orElseThrow(() -> new SQLException("column %s holds '%s'".formatted(column, name)));
  }
}
