package io.gympulse.edge.outbox;

import io.gympulse.contract.id.SeqRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A set of sequence numbers; its cost grows with the number of runs, not of numbers.
///
/// @param runs ascending, neither overlapping nor touching
record SequenceSet(List<SeqRange> runs) {
  static final SequenceSet EMPTY = new SequenceSet(List.of());

  boolean isEmpty() {
    return runs.isEmpty();
  }

  long size() {
    return runs.stream().mapToLong(SeqRange::size).sum();
  }

  Optional<SeqRange> longest() {
    return runs.stream().max(Comparator.comparingLong(SeqRange::size));
  }

  boolean contains(long seq) {
    int low = 0;
    int high = runs.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      SeqRange run = runs.get(middle);
      if (seq < run.first().value()) {
        high = middle - 1;
      } else if (seq > run.last().value()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  SequenceSet with(SeqRange range) {
    List<SeqRange> result = new ArrayList<>(runs.size() + 1);
    long first = range.first().value();
    long last = range.last().value();
    int next = 0;
    while (next < runs.size() && runs.get(next).last().value() < first - 1) {
      result.add(runs.get(next++));
    }
    while (next < runs.size() && runs.get(next).first().value() <= last + 1) {
      first = Math.min(first, runs.get(next).first().value());
      last = Math.max(last, runs.get(next++).last().value());
    }
    result.add(SeqRange.of(first, last));
    result.addAll(runs.subList(next, runs.size()));
    return new SequenceSet(List.copyOf(result));
  }

  SequenceSet without(SeqRange range) {
    List<SeqRange> result = new ArrayList<>();
    for (SeqRange run : runs) {
      addPart(result, run.first().value(), Math.min(run.last().value(), range.first().value() - 1));
      addPart(result, Math.max(run.first().value(), range.last().value() + 1), run.last().value());
    }
    return new SequenceSet(List.copyOf(result));
  }

  /// The parts of a range that are not in the set, ascending.
  List<SeqRange> missingFrom(SeqRange range) {
    SequenceSet missing = new SequenceSet(List.of(range));
    for (SeqRange run : runs) {
      missing = missing.without(run);
    }
    return missing.runs;
  }

  private static void addPart(List<SeqRange> parts, long first, long last) {
    if (first <= last) {
      parts.add(SeqRange.of(first, last));
    }
  }
}
