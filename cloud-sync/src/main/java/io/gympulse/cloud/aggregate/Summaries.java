package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.Summary;
import java.util.List;

/// The spans that summaries of coalesced events stand for: which of them can be believed.
///
/// A summary tells how long the machine was in each status from its first coalesced event up to its
/// own, not when. So it counts only as a whole: if all of its span is covered without a fresh start
/// in it, and no other entry or summary of the machine falls into it.
final class Summaries {
  private final List<HistoryEntry> entries;
  private final long[] from;
  private final boolean[] counts;

  /// @param entries of one machine, in [HistoryEntry#ORDER]
  Summaries(List<HistoryEntry> entries, Stretches covered) {
    this.entries = entries;
    this.from = entries.stream().mapToLong(Summaries::beginning).toArray();
    this.counts = new boolean[from.length];
    boolean[] entered = entered();
    long earliestLater = Long.MAX_VALUE;
    for (int i = from.length - 1; i >= 0; i--) {
      counts[i] =
          spans(i)
              ? !entered[i] && earliestLater >= at(i) && covered.holds(from[i], at(i))
              : covered.holds(at(i), at(i) + 1);
      if (spans(i)) {
        earliestLater = Math.min(earliestLater, from[i]);
      }
    }
  }

  private static long beginning(HistoryEntry entry) {
    return entry.summary().map(Summary::from).orElse(entry.at()).toEpochMilli();
  }

  private long at(int i) {
    return entries.get(i).at().toEpochMilli();
  }

  /// Of each, whether an entry before it, by order, lies in its span, or ends a span at the same
  /// time. In one pass: any number of entries may be of the same moment.
  private boolean[] entered() {
    boolean[] entered = new boolean[from.length];
    boolean spanAtSameTime = false;
    int earlier = -1; // the last entry of an earlier moment
    for (int i = 0; i < from.length; i++) {
      boolean sameTime = i > 0 && at(i - 1) == at(i);
      spanAtSameTime = sameTime && (spanAtSameTime || spans(i - 1));
      earlier = sameTime ? earlier : i - 1;
      entered[i] = spanAtSameTime || (earlier >= 0 && at(earlier) > from[i]);
    }
    return entered;
  }

  /// Whether the entry's span has any length.
  boolean spans(int i) {
    return from[i] < at(i);
  }

  /// Where its span begins, in epoch milliseconds: at the entry itself if it has none.
  long from(int i) {
    return from[i];
  }

  /// Whether its summary counts; of an entry without one, nothing would.
  boolean counts(int i) {
    return counts[i] && entries.get(i).summary().isPresent();
  }
}
