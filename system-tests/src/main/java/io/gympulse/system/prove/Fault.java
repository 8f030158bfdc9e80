package io.gympulse.system.prove;

import io.gympulse.system.link.LinkState;
import java.time.Duration;

/// Something that goes wrong. All times are real time.
sealed interface Fault {
  /// How long after the start.
  Duration at();

  /// SIGKILL to a gateway, which comes back after `downtime`.
  record KillGateway(Duration at, int branch, Duration downtime) implements Fault {}

  /// SIGKILL to the cloud at any moment.
  record KillCloud(Duration at, Duration downtime) implements Fault {}

  /// The cloud dies after its store has committed and before it acknowledges.
  record HaltCloudBeforeAck(Duration at, Duration downtime) implements Fault {}

  /// A gym's link is not up for `length`.
  record Outage(Duration at, int branch, LinkState state, Duration length) implements Fault {}
}
