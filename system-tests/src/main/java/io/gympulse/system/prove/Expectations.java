package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which states of a machine may be shown at a given time, according to the recorded events and
/// the disruptions.
///
/// @param deliveryTime the longest time from a gateway to API or WebSocket, undisturbed and
///     unloaded
/// @param tolerance the largest difference of two readings of the clock
record Expectations(
    RecordedHistory history,
    Disruptions disruptions,
    Slowdowns slowdowns,
    Duration deliveryTime,
    Duration tolerance) {

  Expectations withTolerance(Duration other) {
    return new Expectations(history, disruptions, slowdowns, deliveryTime, other);
  }

  /// Checks a state that was shown at an unknown time between `from` and `to`.
  ///
  /// @param gym of the machine
  /// @return why the state is wrong; empty if it is allowed
  Optional<String> problem(String gym, ShownState state, Instant from, Instant to) {
    List<RecordedHistory.Entry> entries = history.of(state.machine());
    int match = -1;
    for (int i = 0; i < entries.size(); i++) {
      RecordedHistory.Entry it = entries.get(i);
      if (state.matches(it.event().status(), it.at(), tolerance)
          && !it.at().isAfter(to.plus(tolerance))) {
        match = i;
      }
    }
    if (match < 0) {
      return wasUndisturbedBefore(gym, from)
          ? Optional.of("%s is shown, and never occurred".formatted(state))
          : Optional.empty();
    }
    for (int i = match + 1; i < entries.size(); i++) {
      RecordedHistory.Entry next = entries.get(i);
      if (disruptions.undisturbedFor(deliveryTime, gym, next.knownAt(), from, slowdowns)) {
        return Optional.of("%s is shown at %s, long after %s".formatted(state, from, next));
      }
    }
    return Optional.empty();
  }

  /// Whether an event had to reach the WebSocket: no other event followed and nothing was
  /// disrupted for the delivery time.
  ///
  /// @param index of the event among those of its machine
  /// @param connectedAt when the WebSocket was connected
  /// @param end of the connection, or of the run
  boolean hadToArrive(String gym, String machine, int index, Instant connectedAt, Instant end) {
    List<RecordedHistory.Entry> entries = history.of(machine);
    RecordedHistory.Entry entry = entries.get(index);
    boolean replaced = index + 1 < entries.size() && entries.get(index + 1).at().isBefore(end);
    Instant until = replaced ? entries.get(index + 1).at() : end;
    return entry.knownAt().isAfter(connectedAt)
        && entry.at().isAfter(connectedAt)
        && disruptions.undisturbedFor(
            Duration.ofMillis(1), gym, entry.knownAt(), entry.knownAt().plusMillis(1))
        && disruptions.undisturbedFor(deliveryTime, gym, entry.knownAt(), until, slowdowns);
  }

  /// Whether nothing was disrupted for the delivery time before an instant.
  boolean wasUndisturbedBefore(String gym, Instant instant) {
    Optional<Instant> since = disruptions.undisturbedSince(gym, instant);
    return since.isPresent() && !slowdowns.after(since.get(), deliveryTime).isAfter(instant);
  }

  /// A machine's state as stored or sent to a client.
  ///
  /// @param status `free`, `occupied` or `unknown`; the stored one while the gateway is offline
  /// @param since when it began; whole seconds in messages of that resolution
  record ShownState(String machine, String status, Instant since) {

    /// @param tolerance the largest difference of the two times
    boolean matches(String otherStatus, Instant at, Duration tolerance) {
      return status.equals(otherStatus)
          && Duration.between(at, since).abs().compareTo(tolerance) <= 0;
    }
  }
}
