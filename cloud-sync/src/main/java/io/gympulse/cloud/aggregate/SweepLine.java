package io.gympulse.cloud.aggregate;

import io.gympulse.cloud.aggregate.CoverageSegments.Segment;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.event.HistoryEntry;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import java.util.ArrayList;
import java.util.List;

/// A sweep line over a machine's time that stops at each edge: the end of a window, the start or
/// end of a segment or of a summary's span, an entry, the expiry of a report. For one use.
final class SweepLine {
  private final List<HistoryEntry> entries;
  private final List<Segment> segments;
  private final SummarySpans summaries;
  private final List<Segment> spans;
  private MachineStatus status;
  private long expiry = Long.MAX_VALUE;
  private int entry;
  private int segment;
  private int span;
  private long occupied;
  private long free;
  private int transitions;

  /// @param entries in [HistoryEntry#ORDER], each once
  SweepLine(MachineStatus carryIn, List<HistoryEntry> entries, CoverageSegments covered) {
    this.status = carryIn;
    this.entries = entries;
    this.segments = covered.all();
    this.summaries = new SummarySpans(entries, covered);
    List<Segment> summed = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (summaries.spans(i)) {
        summed.add(new Segment(summaries.from(i), at(i)));
      }
    }
    this.spans = CoverageSegments.union(summed);
  }

  List<MachineBin> bins(Window first, int count) {
    long from = first.start().toEpochMilli();
    while (entry < entries.size() && at(entry) < from) {
      expiry = end(entry++);
    }
    expiry = expiry < from ? Long.MAX_VALUE : expiry;
    List<MachineBin> bins = new ArrayList<>();
    MachineStatus start = status;
    for (int i = 0; i < count; i++) {
      long to = from + Window.LENGTH.toMillis();
      MachineStatus end = sweep(from, to);
      bins.add(bin(start, end));
      start = end;
      from = to;
    }
    return List.copyOf(bins);
  }

  /// Sweeps over one window.
  ///
  /// @return the status just before its end
  private MachineStatus sweep(long from, long to) {
    boolean covered = false;
    for (long now = from; now < to; ) {
      covered = enterSegment(now);
      if (expiry == now) {
        reset();
      }
      while (entry < entries.size() && at(entry) == now) {
        apply(entry++, covered);
      }
      span = passed(spans, span, now);
      boolean summed = in(spans, span, now);
      long next = Math.min(Math.min(to, entry < entries.size() ? at(entry) : to), edge(now));
      if (covered && !summed) {
        add(status, next - now);
      }
      now = next;
    }
    return covered ? status : MachineStatus.UNKNOWN;
  }

  private boolean enterSegment(long now) {
    segment = passed(segments, segment, now);
    boolean covered = in(segments, segment, now);
    if (covered && segments.get(segment).from() == now) {
      reset();
    }
    return covered;
  }

  private void reset() {
    status = MachineStatus.UNKNOWN;
    expiry = Long.MAX_VALUE;
  }

  private void apply(int index, boolean covered) {
    boolean changed = false;
    if (summaries.isValid(index)) {
      Summary summary = entries.get(index).summary().orElseThrow();
      occupied += summary.occupied().toMillis();
      free += summary.free().toMillis();
      transitions += summary.transitions();
      changed = summary.transitions() > 0;
    }
    if (covered) {
      MachineStatus next = entries.get(index).status();
      transitions += changed || next != status ? 1 : 0;
      status = next;
      expiry = end(index);
    }
  }

  private void add(MachineStatus spent, long millis) {
    switch (spent) {
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

  /// The time until which an entry is valid at most.
  private long end(int index) {
    return entries.get(index).outbox().isPresent()
        ? Long.MAX_VALUE
        : at(index) + Coverage.OF_REPORT.toMillis();
  }

  /// The next time at which a segment or span begins or ends, or a report expires.
  private long edge(long now) {
    return Math.min(expiry, Math.min(edge(segments, segment, now), edge(spans, span, now)));
  }

  private static long edge(List<Segment> pieces, int index, long now) {
    if (index == pieces.size()) {
      return Long.MAX_VALUE;
    }
    Segment piece = pieces.get(index);
    return piece.from() > now ? piece.from() : piece.to();
  }

  private static int passed(List<Segment> pieces, int index, long now) {
    int next = index;
    while (next < pieces.size() && pieces.get(next).to() <= now) {
      next++;
    }
    return next;
  }

  private static boolean in(List<Segment> pieces, int index, long now) {
    return index < pieces.size() && pieces.get(index).contains(now);
  }
}
