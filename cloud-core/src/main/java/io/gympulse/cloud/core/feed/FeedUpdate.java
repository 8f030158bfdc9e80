package io.gympulse.cloud.core.feed;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import java.time.Instant;

/// A change that clients see. Positions ascend; a later update of the same machine or gateway
/// replaces an earlier one.
public sealed interface FeedUpdate {
  long position();

  record MachineChanged(long position, CurrentState state) implements FeedUpdate {}

  record PresenceChanged(long position, GatewayPresence presence) implements FeedUpdate {}

  /// Identifies this change in logs and notifications.
  default String correlationId() {
    return switch (this) {
      case MachineChanged(_, var state) -> correlationId(state.machine().value(), state.since());
      case PresenceChanged(_, var presence) ->
          correlationId(presence.gateway().gateway().value(), presence.since());
    };
  }

  /// `{machineId or gatewayId}@{since, epoch milliseconds}`.
  static String correlationId(String id, Instant since) {
    return id + "@" + since.toEpochMilli();
  }
}
