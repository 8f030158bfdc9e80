package io.gympulse.contract.codec;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The columns of a batch of version 2 that have a format of their own: shared by [ColumnsWriter],
/// which describes the whole, and [ColumnsReader].
final class EventColumns {
  private EventColumns() {}

  /// A status and its reason as one small number: their index in [#ALL]. New ones may only be
  /// appended to that list.
  record StatusCode(MachineStatus status, Optional<UnknownReason> reason) {
    static final StatusCode FREE = new StatusCode(MachineStatus.FREE, Optional.empty());
    static final StatusCode OCCUPIED = new StatusCode(MachineStatus.OCCUPIED, Optional.empty());

    static final List<StatusCode> ALL = all();

    private static List<StatusCode> all() {
      List<StatusCode> all = new ArrayList<>();
      all.add(FREE);
      all.add(OCCUPIED);
      all.add(new StatusCode(MachineStatus.UNKNOWN, Optional.empty()));
      List.of(
              UnknownReason.GATEWAY_OFF,
              UnknownReason.SENSOR_DEAD,
              UnknownReason.SENSOR_STUCK,
              UnknownReason.SENSOR_CHATTERING,
              UnknownReason.SOURCE_DOWN,
              UnknownReason.NO_READING)
          .forEach(it -> all.add(new StatusCode(MachineStatus.UNKNOWN, Optional.of(it))));
      return List.copyOf(all);
    }

    int number() {
      return ALL.indexOf(this);
    }

    /// The most likely next status of the same machine.
    StatusCode next() {
      return equals(FREE) ? OCCUPIED : FREE;
    }
  }

  /// The summaries of a batch's events, column by column: occupied, free and unknown time in
  /// milliseconds, transitions. The start of a summary follows from its length and its event's
  /// time.
  static final class SummaryColumns {
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

  /// The times of a batch's events, in milliseconds: the first relative to the batch's `sentAt`,
  /// each later one as the step from the previous time, minus the smallest step of all.
  ///
  /// The low bits of the time between two events in a gym are noise. A step is split: its low bits
  /// go uncompressed into one column, the high bits, of which small numbers are frequent, into
  /// another.
  ///
  /// @param first relative to `sentAt`
  /// @param least the smallest step; negative if events are not in the order of their times
  /// @param width how many low bits of a step are noise
  record TimeColumn(long first, long least, int width) {
    /// High bits of the median step that are left to compression, as they are not evenly
    /// distributed.
    private static final int KEPT_BITS = 5;

    private static final int MAX_WIDTH = 48;

    static void write(
        List<MachineEvent> events,
        long sentAt,
        ByteWriter repetitive,
        ByteWriter skewed,
        ByteWriter noise) {
      long first = events.getFirst().at().toEpochMilli();
      long[] steps = new long[events.size() - 1];
      Arrays.setAll(steps, i -> step(events, i));
      long least = Arrays.stream(steps).min().orElse(0);
      Arrays.setAll(steps, i -> steps[i] - least);
      int width = noiseBits(steps);
      repetitive.signed(first - sentAt).signed(least).number(width);
      for (long step : steps) {
        skewed.number(step >>> width);
      }
      noise.bits(steps, width);
    }

    private static long step(List<MachineEvent> events, int from) {
      return events.get(from + 1).at().toEpochMilli() - events.get(from).at().toEpochMilli();
    }

    private static int noiseBits(long[] steps) {
      long[] sorted = steps.clone();
      Arrays.sort(sorted);
      long median = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
      int bits = Long.SIZE - Long.numberOfLeadingZeros(median);
      return Math.clamp(bits - KEPT_BITS, 0, MAX_WIDTH);
    }

    static TimeColumn head(ByteReader from) {
      return new TimeColumn(from.signed(), from.signed(), from.numberTo(MAX_WIDTH));
    }

    /// The times of `count` events, in milliseconds since 1970.
    ///
    /// @throws ArithmeticException if a time is out of range
    long[] times(ByteReader from, int count, long sentAt) {
      long[] times = new long[count];
      for (int i = 1; i < count; i++) {
        times[i] = Math.multiplyExact(from.number(), 1L << width);
      }
      long[] noise = from.bits(count - 1, width);
      times[0] = Math.addExact(sentAt, first);
      for (int i = 1; i < count; i++) {
        long step = Math.addExact(times[i] + noise[i - 1], least);
        times[i] = Math.addExact(times[i - 1], step);
      }
      return times;
    }
  }
}
