package io.gympulse.contract.codec;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The summaries of a batch's events, column by column: occupied, free and unknown time in
/// milliseconds, transitions. The start of a summary follows from its length and its event's time.
final class SummaryColumns {
  private final long[] occupied;
  private final long[] free;
  private final long[] unknown;
  private final long[] transitions;

  private SummaryColumns(ByteReader from, int count) {
    this.occupied = from.numbers(count);
    this.free = from.numbers(count);
    this.unknown = from.numbers(count);
    this.transitions = from.numbers(count);
  }

  static void write(List<MachineEvent> events, ByteWriter to) {
    List<Summary> summaries = events.stream().flatMap(it -> it.summary().stream()).toList();
    summaries.forEach(it -> to.number(it.occupied().toMillis()));
    summaries.forEach(it -> to.number(it.free().toMillis()));
    summaries.forEach(it -> to.number(it.unknown().toMillis()));
    summaries.forEach(it -> to.number(it.transitions()));
  }

  static SummaryColumns read(ByteReader from, int count) {
    return new SummaryColumns(from, count);
  }

  /// @throws IllegalArgumentException if the summary is not valid
  /// @throws ArithmeticException if a number is out of range
  Summary summary(int index, Sequence first, Instant until) {
    Duration occupiedTime = Duration.ofMillis(occupied[index]);
    Duration freeTime = Duration.ofMillis(free[index]);
    Duration unknownTime = Duration.ofMillis(unknown[index]);
    Instant from = until.minus(occupiedTime.plus(freeTime).plus(unknownTime));
    return new Summary(
        first, from, occupiedTime, freeTime, unknownTime, Math.toIntExact(transitions[index]));
  }
}
