package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.coverage.Interval;
import io.gympulse.cloud.core.event.HistoryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The covered time of one machine as stretches, ascending and disjoint: the union of its gateway's
/// intervals and of the five minutes after each report of its own, cut wherever an outbox's
/// interval begins. Nothing that was known of the machine reaches into a stretch from before it.
record Stretches(List<Stretch> all) {

  /// Epoch milliseconds `[from, to)`.
  record Stretch(long from, long to) {
    boolean contains(long at) {
      return from <= at && at < to;
    }
  }

  /// @param entries of the machine; those that are no reports of its own are passed over
  static Stretches of(List<Interval> covered, Collection<HistoryEntry> entries) {
    List<Stretch> pieces = new ArrayList<>();
    for (Interval it : covered) {
      pieces.add(new Stretch(it.from().toEpochMilli(), it.to().toEpochMilli()));
    }
    for (HistoryEntry it : entries) {
      if (it.outbox().isEmpty()) {
        long at = it.at().toEpochMilli();
        pieces.add(new Stretch(at, at + Coverage.OF_REPORT.toMillis()));
      }
    }
    long[] cuts = covered.stream().mapToLong(it -> it.from().toEpochMilli()).sorted().toArray();
    return new Stretches(cut(union(pieces), cuts));
  }

  /// The same time in as few pieces as can be, ascending. Sorts what it is given.
  static List<Stretch> union(List<Stretch> pieces) {
    pieces.sort(Comparator.comparingLong(Stretch::from));
    List<Stretch> union = new ArrayList<>();
    for (Stretch piece : pieces) {
      if (union.isEmpty() || union.getLast().to() < piece.from()) {
        union.add(piece);
      } else if (union.getLast().to() < piece.to()) {
        union.set(union.size() - 1, new Stretch(union.getLast().from(), piece.to()));
      }
    }
    return union;
  }

  private static List<Stretch> cut(List<Stretch> union, long[] cuts) {
    List<Stretch> stretches = new ArrayList<>();
    for (Stretch whole : union) {
      long from = whole.from();
      for (long cut : cuts) {
        if (from < cut && cut < whole.to()) {
          stretches.add(new Stretch(from, cut));
          from = cut;
        }
      }
      stretches.add(new Stretch(from, whole.to()));
    }
    return List.copyOf(stretches);
  }

  /// Where what is known just before a moment began to be known; empty if nothing is.
  Optional<Instant> knownSince(Instant moment) {
    long before = moment.toEpochMilli() - 1;
    return all.stream()
        .filter(it -> it.contains(before))
        .map(it -> Instant.ofEpochMilli(it.from()))
        .findFirst();
  }

  /// Whether all of `[from, to)` lies in one stretch.
  boolean holds(long from, long to) {
    return all.stream().anyMatch(it -> it.from() <= from && to <= it.to());
  }
}
