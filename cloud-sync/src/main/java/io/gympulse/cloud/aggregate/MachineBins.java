package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.coverage.Interval;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineStatus;
import java.util.Collection;
import java.util.List;

/// What one machine did in some windows: a pure function of what is stored of it and of what is
/// covered. Times are whole milliseconds, all spans half open.
///
/// **Covered** is the union of the intervals given and of the five minutes from each of the
/// machine's own reports on. It is cut into *stretches* wherever an interval begins, so that
/// nothing known by one outbox reaches into another's time.
///
/// **Status.** Entries take effect in [HistoryEntry#ORDER]: by time, number, outbox. At a moment
/// outside every stretch the status is unknown. Within a stretch it is that of the last entry of
/// the same stretch up to and including the moment; before the first one it is unknown, and if that
/// entry is the machine's own report, five minutes after it it is unknown again: a gateway does not
/// vouch for machines that report by themselves. If the stretch began before the first window, the
/// carry-in takes the place of the last entry before it.
///
/// **Coalesced events.** An entry's summary counts if its span, from its first coalesced event up
/// to the entry, lies in one stretch and no other entry lies strictly within it and no other span
/// shares a moment with it; a summary of no time counts if its moment is covered. The time of a
/// span that counts is spent as the summary says; that of one that does not is unknown.
///
/// **Transitions.** An entry within a stretch is one if its status is not the one before it in the
/// stretch (unknown before the first). A summary that counts adds its own; the entry that carries
/// it is then one more, as what it follows was coalesced. Each belongs to the window of its
/// entry's time. What happened outside every stretch is not counted.
///
/// **Start and end** of a window are the status just before its first moment and just before its
/// end; the end of one is the start of the next. Hence windows computed in one go or in several
/// give the same, if each begins with the end of the one before as carry-in and is given the
/// entries of the five minutes before it.
public final class MachineBins {
  private MachineBins() {}

  /// Bins of `count` windows in a row.
  ///
  /// @param carryIn the status just before the first window; unknown if nothing is covered there
  /// @param entries of one machine, in any order, any number of times each: all within the windows
  ///     and in the five minutes before; others before or after make no difference
  /// @param covered all intervals that have a moment in common with the windows or end where they
  ///     begin
  public static List<MachineBin> of(
      MachineStatus carryIn,
      Collection<HistoryEntry> entries,
      List<Interval> covered,
      Window first,
      int count) {
    List<HistoryEntry> ordered = entries.stream().distinct().sorted(HistoryEntry.ORDER).toList();
    return new Sweep(carryIn, ordered, Stretches.of(covered, ordered)).bins(first, count);
  }
}
