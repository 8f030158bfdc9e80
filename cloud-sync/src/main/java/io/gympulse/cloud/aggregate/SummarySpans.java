package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.Summary;
import java.util.List;

/// The spans of summaries of coalesced events, and which of them are valid.
///
/// A summary contains how long the machine was in each status from its first coalesced event up to
/// its own, but not when. So it is valid only as a whole: if one coverage segment contains all of
/// its span, and no other entry or summary of the machine overlaps it.
final class SummarySpans {
  private final List<HistoryEntry> entries;
  private final long[] from;
  private final boolean[] valid;

  /// @param entries of one machine, in [HistoryEntry#ORDER]
  SummarySpans(List<HistoryEntry> entries, CoverageSegments covered) {
    this.entries = entries;
    this.from = entries.stream().mapToLong(SummarySpans::beginning).toArray();
    this.valid = new boolean[from.length];
    boolean[] overlapped = overlapped();
    long earliestLater = Long.MAX_VALUE;
    for (int i = from.length - 1; i >= 0; i--) {
      valid[i] =
          spans(i)
              ? !overlapped[i] && earliestLater >= at(i) && covered.contains(from[i], at(i))
              : covered.contains(at(i), at(i) + 1);
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

  /// For each entry, whether an earlier one, by order, is within its span, or ends a span at the
  /// same time. One pass, since any number of entries may be at the same time.
  private boolean[] overlapped() {
    boolean[] overlapped = new boolean[from.length];
    boolean spanAtSameTime = false;
    int earlier = -1; // the last entry at an earlier time
    for (int i = 0; i < from.length; i++) {
      boolean sameTime = i > 0 && at(i - 1) == at(i);
      spanAtSameTime = sameTime && (spanAtSameTime || spans(i - 1));
      earlier = sameTime ? earlier : i - 1;
      overlapped[i] = spanAtSameTime || (earlier >= 0 && at(earlier) > from[i]);
    }
    return overlapped;
  }

  /// Whether the entry's span has any length.
  boolean spans(int i) {
    return from[i] < at(i);
  }

  /// Where its span begins, in epoch milliseconds: at the entry itself if it has none.
  long from(int i) {
    return from[i];
  }

  /// Whether the entry has a valid summary.
  boolean isValid(int i) {
    return valid[i] && entries.get(i).summary().isPresent();
  }
}
