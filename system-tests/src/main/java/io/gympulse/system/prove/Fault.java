package io.gympulse.system.prove;

import io.gympulse.system.link.NetworkLink;
import java.time.Duration;

/// A fault to inject. All times are real time; `gym` is an index of the environment's gyms.
sealed interface Fault {
  /// The time since the start of the run.
  Duration at();

  /// SIGKILL to a gateway, which is restarted after `downtime`.
  record KillGateway(Duration at, int gym, Duration downtime) implements Fault {}

  /// SIGKILL to the cloud, which is restarted after `downtime`.
  record KillCloud(Duration at, Duration downtime) implements Fault {}

  /// The cloud halts after its store has committed and before it acknowledges.
  record CrashCloudBeforeAck(Duration at, Duration downtime) implements Fault {}

  /// A gateway's wall clock is wrong by `offset` for `length`, until a time server sets it.
  record WrongClock(Duration at, int gym, Cause cause, Duration offset, Duration length)
      implements Fault {

    enum Cause {
      /// The clock is set wrong.
      SET,
      /// The machine loses power and restarts without the time.
      POWER_LOSS,
      /// It loses power again before a time server sets the clock.
      POWER_LOSS_TWICE
    }
  }

  /// A gateway's link is down for `cut`, so that events wait; then its SD card is cloned, and,
  /// `apart` later, a second gateway runs from the clone for `length` beside the first, and until
  /// it has nothing left to send.
  ///
  /// @param seed of the second gateway's simulator
  record ClonedCard(Duration at, int gym, Duration cut, Duration apart, Duration length, long seed)
      implements Fault {}

  /// A gym's link is not up for `length`.
  record Outage(Duration at, int gym, NetworkLink.State state, Duration length) implements Fault {
    /// Whether both affect the same link at the same time.
    boolean overlaps(Outage other) {
      return gym == other.gym
          && at.compareTo(other.at.plus(other.length)) < 0
          && other.at.compareTo(at.plus(length)) < 0;
    }

    Outage withGym(int other) {
      return new Outage(at, other, state, length);
    }
  }
}
