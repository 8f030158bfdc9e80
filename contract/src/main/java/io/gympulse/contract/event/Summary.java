package io.gympulse.contract.event;

import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What is left of the events that an event stands for beside itself, once a full outbox has
/// coalesced them: how long the machine was in each status between `from` and the event.
///
/// All of it lies in one quarter of an hour (counted from 1970 in UTC), so totals of such bins stay
/// exact. The numbers from `first` up to the event's own are answered for by the event: those that
/// are not found in the outbox any more were coalesced into it or into events near it. An event
/// that only takes over numbers has a summary of no time and no transitions.
///
/// @param first the first sequence number that the event answers for
/// @param from when the first coalesced event of this machine happened
/// @param transitions how many events of this machine were coalesced into the event
public record Summary(
    Sequence first,
    Instant from,
    Duration occupied,
    Duration free,
    Duration unknown,
    int transitions) {
  /// How much time one summary covers at most.
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
          "a summary of %d transitions is impossible".formatted(transitions));
    }
  }

  private static boolean wholeMillis(Duration duration) {
    return duration.truncatedTo(ChronoUnit.MILLIS).equals(duration);
  }

  /// The time it covers.
  public Duration length() {
    return occupied.plus(free).plus(unknown);
  }

  /// The number of the bin that a moment falls into.
  public static long binOf(Instant at) {
    return Math.floorDiv(at.toEpochMilli(), BIN.toMillis());
  }
}
