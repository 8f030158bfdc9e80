package io.gympulse.contract.event;

import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What remains of events that a full outbox has coalesced into a later event: how long the machine
/// was in each status between `from` and that event.
///
/// All of it lies in one bin of 15 minutes (counted from 1970 in UTC), so totals of such bins stay
/// exact. The event stands for the sequence numbers from `first` up to its own: those that are no
/// longer in the outbox were coalesced into it or into events near it. If an event takes over
/// numbers only, its summary has no time and no transitions.
///
/// @param first the first sequence number that the event stands for
/// @param from the time of the first coalesced event of this machine
/// @param transitions how many events of this machine were coalesced into the event
public record Summary(
    Sequence first,
    Instant from,
    Duration occupied,
    Duration free,
    Duration unknown,
    int transitions) {
  /// The longest time that one summary covers.
  public static final Duration BIN = Duration.ofMinutes(15);

  public Summary {
    from = from.truncatedTo(ChronoUnit.MILLIS);
    if (occupied.isNegative() || free.isNegative() || unknown.isNegative()) {
      throw new IllegalArgumentException(
          "a summary's time is negative: occupied %s, free %s, unknown %s"
              .formatted(occupied, free, unknown));
    }
    if (!wholeMillis(occupied) || !wholeMillis(free) || !wholeMillis(unknown)) {
      throw new IllegalArgumentException(
          "a summary's time is not in whole milliseconds: occupied %s, free %s, unknown %s"
              .formatted(occupied, free, unknown));
    }
    if (transitions < 0) {
      throw new IllegalArgumentException(
          "a summary has %d transitions; give 0 or more".formatted(transitions));
    }
  }

  private static boolean wholeMillis(Duration duration) {
    return duration.truncatedTo(ChronoUnit.MILLIS).equals(duration);
  }

  /// The time it covers.
  public Duration length() {
    return occupied.plus(free).plus(unknown);
  }

  /// The number of the bin that a time falls into.
  public static long binOf(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), BIN.toMillis());
  }
}
