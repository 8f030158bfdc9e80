package io.gympulse.cloud.dispatch;

import io.gympulse.cloud.core.feed.FeedUpdate;
import java.time.Instant;

/// The name under which a change is followed through logs and deliveries.
public final class Correlation {
  private Correlation() {}

  /// `{machineId or gatewayId}@{since, epoch milliseconds}`.
  public static String of(FeedUpdate update) {
    return switch (update) {
      case FeedUpdate.MachineChanged(_, var state) -> of(state.machine().value(), state.since());
      case FeedUpdate.PresenceChanged(_, var presence) ->
          of(presence.gateway().gateway().value(), presence.since());
    };
  }

  public static String of(String id, Instant since) {
    return id + "@" + since.toEpochMilli();
  }
}
