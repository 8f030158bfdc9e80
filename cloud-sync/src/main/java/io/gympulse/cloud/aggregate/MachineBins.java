package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineStatus;
import java.util.Collection;
import java.util.List;

/// Computes one machine's bins: a pure function of its stored entries and of coverage. Times are
/// whole milliseconds, all intervals half open.
///
/// **Coverage** is the union of the given intervals and of the five minutes after each of the
/// machine's own reports. It is cut into *segments* wherever an interval begins, so that a status
/// known from one outbox does not extend into the time of another.
///
/// **Status.** Entries take effect in [HistoryEntry#ORDER]: by time, number, outbox. Outside every
/// segment the status is unknown. Within a segment it is that of the last entry of the same segment
/// up to and including the moment; before the first one it is unknown, and if that entry is the
/// machine's own report, it is unknown again five minutes after it, since a gateway's coverage does
/// not extend to machines that report by themselves. If the segment began before the first window,
/// the carry-in takes the place of the last entry before it.
///
/// **Coalesced events.** An entry's summary is valid if its span, from its first coalesced event up
/// to the entry, is within one segment, no other entry is strictly within it and no other span
/// overlaps it; an empty span is valid if its moment is covered. The time of a valid span is
/// distributed as in the summary; that of an invalid one is unknown.
///
/// **Transitions.** An entry within a segment is a transition if its status differs from the one
/// before it in the segment (unknown before the first). A valid summary adds its own transitions;
/// its entry is then one more, since the previous status was coalesced. Each belongs to the window
/// of its entry's time. Transitions outside every segment are not counted.
///
/// **Start and end** of a window are the status just before its first moment and just before its
/// end; the end of one is the start of the next. Hence windows computed together or separately have
/// the same result, if each has the end of the one before as carry-in and is given the entries of
/// the five minutes before it.
public final class MachineBins {
  private MachineBins() {}

  /// Bins of `count` consecutive windows.
  ///
  /// @param carryIn the status just before the first window; unknown if nothing is covered there
  /// @param entries of one machine, in any order, with or without repeats: all within the windows
  ///     and in the five minutes before; others before or after do not matter
  /// @param covered all intervals that overlap the windows or end where they begin
  public static List<MachineBin> of(
      MachineStatus carryIn,
      Collection<HistoryEntry> entries,
      List<Interval> covered,
      Window first,
      int count) {
    List<HistoryEntry> ordered = entries.stream().distinct().sorted(HistoryEntry.ORDER).toList();
    return new SweepLine(carryIn, ordered, CoverageSegments.of(covered, ordered))
        .bins(first, count);
  }
}
