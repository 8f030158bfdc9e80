package io.gympulse.contract.id;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// A range of sequence numbers, both ends included.
public record SeqRange(Sequence first, Sequence last) {
  public SeqRange {
    if (last.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "range %s-%s ends before it begins".formatted(first, last));
    }
  }

  public static SeqRange of(long first, long last) {
    return new SeqRange(new Sequence(first), new Sequence(last));
  }

  public static SeqRange of(Sequence only) {
    return new SeqRange(only, only);
  }

  /// The fewest ranges that hold exactly these sequence numbers, ascending.
  public static List<SeqRange> covering(Collection<Sequence> sequences) {
    List<SeqRange> ranges = new ArrayList<>();
    long first = 0;
    long last = -1;
    for (long seq : sequences.stream().mapToLong(Sequence::value).sorted().distinct().toArray()) {
      if (last >= first && seq != last + 1) {
        ranges.add(of(first, last));
      }
      if (last < first || seq != last + 1) {
        first = seq;
      }
      last = seq;
    }
    if (last >= first) {
      ranges.add(of(first, last));
    }
    return List.copyOf(ranges);
  }

  /// The fewest ranges that hold exactly the numbers in the given ranges, ascending.
  public static List<SeqRange> union(Collection<SeqRange> ranges) {
    List<SeqRange> union = new ArrayList<>();
    for (SeqRange range : ranges.stream().sorted(Comparator.comparing(SeqRange::first)).toList()) {
      Sequence reached = union.isEmpty() ? range.first() : union.getLast().last();
      if (union.isEmpty() || range.first().value() - 1 > reached.value()) {
        union.add(range);
      } else if (range.last().compareTo(reached) > 0) {
        union.set(union.size() - 1, new SeqRange(union.getLast().first(), range.last()));
      }
    }
    return List.copyOf(union);
  }

  public long size() {
    return last.value() - first.value() + 1;
  }

  public boolean contains(Sequence seq) {
    return first.compareTo(seq) <= 0 && seq.compareTo(last) <= 0;
  }

  @Override
  public String toString() {
    return first + "-" + last;
  }
}
