package io.gympulse.cloud.core.aggregate;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The windows that some spans touch, each once, as ranges in ascending order. The cost grows with
/// the number of spans, not with their length: windows are created only as a stream is read.
///
/// @param ranges ascending, with gaps between them
record WindowRanges(List<Range> ranges) {
  /// Windows from one number to another, both included.
  record Range(long first, long last) {}

  WindowRanges {
    ranges = List.copyOf(ranges);
  }

  static WindowRanges touching(Collection<Interval> spans) {
    List<Range> union = new ArrayList<>();
    spans.stream()
        .map(WindowRanges::range)
        .sorted(Comparator.comparingLong(Range::first))
        .forEach(it -> append(union, it));
    return new WindowRanges(union);
  }

  private static Range range(Interval span) {
    return new Range(Window.of(span.from()).number(), Window.of(span.to().minusNanos(1)).number());
  }

  private static void append(List<Range> union, Range next) {
    if (union.isEmpty() || union.getLast().last() + 1 < next.first()) {
      union.add(next);
    } else {
      Range last = union.removeLast();
      union.add(new Range(last.first(), Math.max(last.last(), next.last())));
    }
  }

  long count() {
    return ranges.stream().mapToLong(it -> it.last() - it.first() + 1).sum();
  }

  /// Unbounded in practice: the caller limits the stream.
  Stream<Window> ascending() {
    return ranges.stream()
        .flatMapToLong(it -> LongStream.rangeClosed(it.first(), it.last()))
        .mapToObj(Window::numbered);
  }

  /// Unbounded in practice: the caller limits the stream.
  Stream<Window> descending() {
    return ranges.reversed().stream()
        .flatMapToLong(
            it -> LongStream.rangeClosed(0, it.last() - it.first()).map(back -> it.last() - back))
        .mapToObj(Window::numbered);
  }
}
