package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What may be shown of a machine at a moment, by the truth and by what was disturbed meanwhile.
///
/// @param way what an event may take from its gateway to whoever is shown it, undisturbed and
///     unloaded
/// @param tolerance how far apart two clocks may be read
record Expectations(
    Truth truth, Disturbances disturbances, Slowdowns slowdowns, Duration way, Duration tolerance) {

  /// The same with another tolerance.
  Expectations within(Duration other) {
    return new Expectations(truth, disturbances, slowdowns, way, other);
  }

  /// @param gym the machine's
  /// @param asked a moment before it was shown, and not before it was asked for
  /// @param answered when it was shown
  /// @return why it should not have been shown; empty if it may
  Optional<String> problem(String gym, Shown shown, Instant asked, Instant answered) {
    List<Truth.Entry> entries = truth.of(shown.machine());
    int match = -1;
    for (int i = 0; i < entries.size(); i++) {
      Truth.Entry it = entries.get(i);
      if (shown.shows(it.event().status(), it.at(), tolerance)
          && !it.at().isAfter(answered.plus(tolerance))) {
        match = i;
      }
    }
    if (match < 0) {
      return wasCalmBefore(gym, asked)
          ? Optional.of("%s is shown, and was never so".formatted(shown))
          : Optional.empty();
    }
    for (int i = match + 1; i < entries.size(); i++) {
      Truth.Entry next = entries.get(i);
      if (disturbances.calmFor(way, gym, next.knownAt(), asked, slowdowns)) {
        return Optional.of("%s is shown at %s, long after %s".formatted(shown, asked, next));
      }
    }
    return Optional.empty();
  }

  /// Whether an event had to reach whoever watches: nothing followed it and nothing was disturbed
  /// until it had had the time.
  ///
  /// @param index of the event among its machine's
  boolean hadToArrive(String gym, String machine, int index, Instant watchedFrom, Instant end) {
    List<Truth.Entry> entries = truth.of(machine);
    Truth.Entry entry = entries.get(index);
    Instant until = index + 1 < entries.size() ? entries.get(index + 1).at() : end;
    return entry.knownAt().isAfter(watchedFrom)
        && entry.at().isAfter(watchedFrom)
        && disturbances.calmFor(
            Duration.ofMillis(1), gym, entry.knownAt(), entry.knownAt().plusMillis(1))
        && disturbances.calmFor(way, gym, entry.knownAt(), until, slowdowns);
  }

  /// Whether nothing was disturbed for as long as an event takes, up to a moment.
  boolean wasCalmBefore(String gym, Instant moment) {
    Optional<Instant> since = disturbances.calmSince(gym, moment);
    return since.isPresent() && !slowdowns.after(since.get(), way).isAfter(moment);
  }
}
