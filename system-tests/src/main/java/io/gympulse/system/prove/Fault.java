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

  /// A gateway's link is cut for `cut`, so that events wait; then its card is copied, and, `apart`
  /// later, a second gateway runs from the copy for `length` beside the first, and until it has
  /// nothing left to send.
  ///
  /// @param seed of the day that the second one's sensors see
  record ClonedCard(
      Duration at, int branch, Duration cut, Duration apart, Duration length, long seed)
      implements Fault {}

  /// A gym's link is not up for `length`.
  record Outage(Duration at, int branch, LinkState state, Duration length) implements Fault {
    /// Whether both are of one link at one time.
    boolean meets(Outage other) {
      return branch == other.branch
          && at.compareTo(other.at.plus(other.length)) < 0
          && other.at.compareTo(at.plus(length)) < 0;
    }

    /// The same of another branch.
    Outage of(int other) {
      return new Outage(at, other, state, length);
    }
  }
}
