package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.event.HistoryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The covered time of one machine as ascending, disjoint segments: the union of its gateway's
/// intervals and of the five minutes after each report of its own, cut wherever an outbox's
/// interval begins. The machine's status at the start of a segment is unknown.
record CoverageSegments(List<Segment> all) {

  /// Epoch milliseconds `[from, to)`.
  record Segment(long from, long to) {
    boolean contains(long at) {
      return from <= at && at < to;
    }
  }

  /// @param entries of the machine; only its own reports are used
  static CoverageSegments of(List<Interval> covered, Collection<HistoryEntry> entries) {
    List<Segment> pieces = new ArrayList<>();
    for (Interval it : covered) {
      pieces.add(new Segment(it.from().toEpochMilli(), it.to().toEpochMilli()));
    }
    for (HistoryEntry it : entries) {
      if (it.outbox().isEmpty()) {
        long at = it.at().toEpochMilli();
        pieces.add(new Segment(at, at + Coverage.OF_REPORT.toMillis()));
      }
    }
    long[] cuts = covered.stream().mapToLong(it -> it.from().toEpochMilli()).sorted().toArray();
    return new CoverageSegments(cut(union(pieces), cuts));
  }

  /// The union as the fewest possible segments, ascending. Sorts `pieces`.
  static List<Segment> union(List<Segment> pieces) {
    pieces.sort(Comparator.comparingLong(Segment::from));
    List<Segment> union = new ArrayList<>();
    for (Segment piece : pieces) {
      if (union.isEmpty() || union.getLast().to() < piece.from()) {
        union.add(piece);
      } else if (union.getLast().to() < piece.to()) {
        union.set(union.size() - 1, new Segment(union.getLast().from(), piece.to()));
      }
    }
    return union;
  }

  private static List<Segment> cut(List<Segment> union, long[] cuts) {
    List<Segment> segments = new ArrayList<>();
    for (Segment whole : union) {
      long from = whole.from();
      for (long cut : cuts) {
        if (from < cut && cut < whole.to()) {
          segments.add(new Segment(from, cut));
          from = cut;
        }
      }
      segments.add(new Segment(from, whole.to()));
    }
    return List.copyOf(segments);
  }

  /// The start of the segment that contains the millisecond before a moment; empty if none does.
  Optional<Instant> knownSince(Instant moment) {
    long before = moment.toEpochMilli() - 1;
    return all.stream()
        .filter(it -> it.contains(before))
        .map(it -> Instant.ofEpochMilli(it.from()))
        .findFirst();
  }

  /// Whether one segment contains all of `[from, to)`.
  boolean contains(long from, long to) {
    return all.stream().anyMatch(it -> it.from() <= from && to <= it.to());
  }
}
