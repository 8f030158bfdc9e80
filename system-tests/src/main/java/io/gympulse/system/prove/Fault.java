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

  /// A gateway's wall clock is wrong by `offset` for `length`, until a time server is heard.
  record WrongClock(Duration at, int branch, Cause cause, Duration offset, Duration length)
      implements Fault {

    enum Cause {
      /// Somebody sets the clock.
      SET,
      /// The machine loses power and comes back without the time.
      POWER_LOSS,
      /// It loses power once more before a time server was heard.
      POWER_LOSS_TWICE
    }
  }

  /// A gym's link is not up for `length`.
  record Outage(Duration at, int branch, LinkState state, Duration length) implements Fault {}
}
