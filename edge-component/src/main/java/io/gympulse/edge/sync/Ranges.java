package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Set operations on ranges of sequence numbers.
final class Ranges {
  private Ranges() {}

  static Optional<SeqRange> intersection(SeqRange a, SeqRange b) {
    long first = Math.max(a.first().value(), b.first().value());
    long last = Math.min(a.last().value(), b.last().value());
    return first <= last ? Optional.of(SeqRange.of(first, last)) : Optional.empty();
  }

  /// `whole` without `part`: no range, one or two.
  static List<SeqRange> without(SeqRange whole, SeqRange part) {
    if (intersection(whole, part).isEmpty()) {
      return List.of(whole);
    }
    List<SeqRange> left = new ArrayList<>(2);
    if (whole.first().compareTo(part.first()) < 0) {
      left.add(SeqRange.of(whole.first().value(), part.first().value() - 1));
    }
    if (part.last().compareTo(whole.last()) < 0) {
      left.add(SeqRange.of(part.last().value() + 1, whole.last().value()));
    }
    return left;
  }

  /// The two halves of a range of at least two numbers.
  static List<SeqRange> halves(SeqRange range) {
    long first = range.first().value();
    long middle = first + (range.size() - 1) / 2;
    return List.of(SeqRange.of(first, middle), SeqRange.of(middle + 1, range.last().value()));
  }
}
