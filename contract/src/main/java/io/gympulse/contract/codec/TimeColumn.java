package io.gympulse.contract.codec;

import io.gympulse.contract.event.MachineEvent;
import java.util.Arrays;
import java.util.List;

/// The times of a batch's events, in milliseconds: the first relative to the batch's `sentAt`, each
/// later one as the step from the previous time, minus the smallest step of all.
///
/// The low bits of the time between two events in a gym are noise. A step is split: its low bits go
/// uncompressed into one column, the high bits, of which small numbers are frequent, into another.
///
/// @param first relative to `sentAt`
/// @param least the smallest step; negative if events are not in the order of their times
/// @param width how many low bits of a step are noise
record TimeColumn(long first, long least, int width) {
  /// High bits of the median step that are left to compression, as they are not evenly distributed.
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
