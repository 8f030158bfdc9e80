package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.aggregate.Stretches.Stretch;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import java.util.ArrayList;
import java.util.List;

/// One pass over a machine's time, from edge to edge: where a window ends, a stretch begins or
/// ends, an entry takes effect, a report lapses, or a summary's span begins or ends. For one use.
final class Sweep {
  private final List<HistoryEntry> entries;
  private final List<Stretch> stretches;
  private final Summaries summaries;
  private final List<Stretch> spans;
  private MachineStatus status;
  private long lapses = Long.MAX_VALUE;
  private int entry;
  private int stretch;
  private int span;
  private long occupied;
  private long free;
  private int transitions;

  /// @param entries in [HistoryEntry#ORDER], each once
  Sweep(MachineStatus carryIn, List<HistoryEntry> entries, Stretches covered) {
    this.status = carryIn;
    this.entries = entries;
    this.stretches = covered.all();
    this.summaries = new Summaries(entries, covered);
    List<Stretch> summed = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (summaries.spans(i)) {
        summed.add(new Stretch(summaries.from(i), at(i)));
      }
    }
    this.spans = Stretches.union(summed);
  }

  List<MachineBin> bins(Window first, int count) {
    long from = first.start().toEpochMilli();
    while (entry < entries.size() && at(entry) < from) {
      lapses = end(entry++);
    }
    lapses = lapses < from ? Long.MAX_VALUE : lapses;
    List<MachineBin> bins = new ArrayList<>();
    MachineStatus start = status;
    for (int i = 0; i < count; i++) {
      long to = from + Window.LENGTH.toMillis();
      MachineStatus end = cross(from, to);
      bins.add(bin(start, end));
      start = end;
      from = to;
    }
    return List.copyOf(bins);
  }

  /// Goes from one end of a window to the other.
  ///
  /// @return the status just before its end
  private MachineStatus cross(long from, long to) {
    boolean covered = false;
    for (long now = from; now < to; ) {
      covered = enterStretch(now);
      if (lapses == now) {
        forget();
      }
      while (entry < entries.size() && at(entry) == now) {
        take(entry++, covered);
      }
      span = passed(spans, span, now);
      boolean summed = in(spans, span, now);
      long next = Math.min(Math.min(to, entry < entries.size() ? at(entry) : to), edge(now));
      if (covered && !summed) {
        spend(status, next - now);
      }
      now = next;
    }
    return covered ? status : MachineStatus.UNKNOWN;
  }

  private boolean enterStretch(long now) {
    stretch = passed(stretches, stretch, now);
    boolean covered = in(stretches, stretch, now);
    if (covered && stretches.get(stretch).from() == now) {
      forget();
    }
    return covered;
  }

  private void forget() {
    status = MachineStatus.UNKNOWN;
    lapses = Long.MAX_VALUE;
  }

  private void take(int taken, boolean covered) {
    boolean follows = false;
    if (summaries.counts(taken)) {
      Summary summary = entries.get(taken).summary().orElseThrow();
      occupied += summary.occupied().toMillis();
      free += summary.free().toMillis();
      transitions += summary.transitions();
      follows = summary.transitions() > 0;
    }
    if (covered) {
      MachineStatus next = entries.get(taken).status();
      transitions += follows || next != status ? 1 : 0;
      status = next;
      lapses = end(taken);
    }
  }

  private void spend(MachineStatus as, long millis) {
    switch (as) {
      case OCCUPIED -> occupied += millis;
      case FREE -> free += millis;
      case UNKNOWN -> {}
    }
  }

  private MachineBin bin(MachineStatus start, MachineStatus end) {
    long unknown = Window.LENGTH.toMillis() - occupied - free;
    MachineBin bin = new MachineBin(occupied, free, unknown, transitions, start, end);
    occupied = 0;
    free = 0;
    transitions = 0;
    return bin;
  }

  private long at(int index) {
    return entries.get(index).at().toEpochMilli();
  }

  /// Until when at most an entry holds.
  private long end(int index) {
    return entries.get(index).outbox().isPresent()
        ? Long.MAX_VALUE
        : at(index) + Coverage.OF_REPORT.toMillis();
  }

  /// The next moment at which a stretch or span begins or ends, or a report lapses.
  private long edge(long now) {
    return Math.min(lapses, Math.min(edge(stretches, stretch, now), edge(spans, span, now)));
  }

  private static long edge(List<Stretch> pieces, int index, long now) {
    if (index == pieces.size()) {
      return Long.MAX_VALUE;
    }
    Stretch piece = pieces.get(index);
    return piece.from() > now ? piece.from() : piece.to();
  }

  private static int passed(List<Stretch> pieces, int index, long now) {
    int next = index;
    while (next < pieces.size() && pieces.get(next).to() <= now) {
      next++;
    }
    return next;
  }

  private static boolean in(List<Stretch> pieces, int index, long now) {
    return index < pieces.size() && pieces.get(index).contains(now);
  }
}
