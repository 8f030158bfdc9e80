package io.gympulse.system.prove;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.event.EventStore.StoredEvent;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// An independent computation of one machine's bins: the status at each point in time is derived
/// from all events, without state carried over from the window before. Machines that report by
/// themselves are not supported.
final class ReferenceAggregation {
  private static final Comparator<StoredEvent> ORDER =
      Comparator.<StoredEvent>comparingLong(it -> it.event().at().toEpochMilli())
          .thenComparingLong(it -> it.event().seq().value())
          .thenComparing(it -> it.outbox().toString());

  private final List<MachineEvent> events;
  private final List<Interval> covered;

  ReferenceAggregation(List<StoredEvent> events, List<Interval> covered) {
    this.events = events.stream().sorted(ORDER).map(StoredEvent::event).toList();
    this.covered = covered;
  }

  MachineBin over(Window window) {
    long start = window.start().toEpochMilli();
    long end = window.end().toEpochMilli();
    long occupied = 0;
    long free = 0;
    long from = start;
    for (long to : edges(start, end)) {
      switch (statusOutsideSpans(from)) {
        case OCCUPIED -> occupied += to - from;
        case FREE -> free += to - from;
        case UNKNOWN -> {}
      }
      from = to;
    }
    for (MachineEvent event : events) {
      if (at(event) >= start && at(event) < end && isSummaryCounted(event)) {
        occupied += event.summary().orElseThrow().occupied().toMillis();
        free += event.summary().orElseThrow().free().toMillis();
      }
    }
    return new MachineBin(
        occupied,
        free,
        end - start - occupied - free,
        transitions(start, end),
        statusAt(start - 1),
        statusAt(end - 1));
  }

  /// The times at which the status may change, ascending, the end included.
  private SortedSet<Long> edges(long start, long end) {
    LongStream all =
        LongStream.concat(
            covered.stream()
                .flatMapToLong(
                    it -> LongStream.of(it.from().toEpochMilli(), it.to().toEpochMilli())),
            events.stream().flatMapToLong(it -> LongStream.of(begin(it), at(it))));
    TreeSet<Long> edges = new TreeSet<>(List.of(end));
    all.filter(it -> it > start && it < end).forEach(edges::add);
    return edges;
  }

  /// The status at a time; unknown within coalesced spans, which are counted by their summaries.
  private MachineStatus statusOutsideSpans(long time) {
    boolean coalesced = events.stream().anyMatch(it -> begin(it) <= time && time < at(it));
    return coalesced ? MachineStatus.UNKNOWN : statusAt(time);
  }

  private MachineStatus statusAt(long time) {
    OptionalLong since = coveredSince(time);
    MachineStatus status = MachineStatus.UNKNOWN;
    for (MachineEvent event : events) {
      if (since.isPresent() && at(event) >= since.getAsLong() && at(event) <= time) {
        status = event.status();
      }
    }
    return status;
  }

  /// The latest start of a covered interval up to a covered time; empty if the time is not
  /// covered.
  private OptionalLong coveredSince(long time) {
    boolean isCovered =
        covered.stream()
            .anyMatch(it -> it.from().toEpochMilli() <= time && time < it.to().toEpochMilli());
    return isCovered
        ? covered.stream().mapToLong(it -> it.from().toEpochMilli()).filter(it -> it <= time).max()
        : OptionalLong.empty();
  }

  /// Whether the event's summary counts: its span is covered without interruption and overlaps no
  /// other event.
  private boolean isSummaryCounted(MachineEvent event) {
    if (event.summary().isEmpty()) {
      return false;
    }
    long begin = begin(event);
    long end = at(event);
    if (begin == end) {
      return coveredSince(end).isPresent();
    }
    OptionalLong since = coveredSince(begin);
    boolean whole =
        since.isPresent()
            && LongStream.of(begin, end - 1).allMatch(it -> coveredSince(it).equals(since))
            && covered.stream()
                .anyMatch(it -> it.from().toEpochMilli() <= begin && end <= it.to().toEpochMilli());
    return whole
        && events.stream()
            .filter(it -> !it.equals(event))
            .noneMatch(
                it ->
                    (at(it) > begin && at(it) < end)
                        || (begin(it) < at(it) && begin(it) < end && begin < at(it)));
  }

  private int transitions(long start, long end) {
    int transitions = 0;
    Optional<MachineEvent> last = Optional.empty();
    for (MachineEvent event : events) {
      int summarized = isSummaryCounted(event) ? event.summary().orElseThrow().transitions() : 0;
      boolean here = at(event) >= start && at(event) < end;
      transitions += here ? summarized : 0;
      OptionalLong since = coveredSince(at(event));
      if (since.isPresent()) {
        MachineStatus before =
            last.filter(it -> at(it) >= since.getAsLong())
                .map(MachineEvent::status)
                .orElse(MachineStatus.UNKNOWN);
        transitions += here && (summarized > 0 || event.status() != before) ? 1 : 0;
        last = Optional.of(event);
      }
    }
    return transitions;
  }

  private static long at(MachineEvent event) {
    return event.at().toEpochMilli();
  }

  private static long begin(MachineEvent event) {
    return event.summary().map(Summary::from).orElse(event.at()).toEpochMilli();
  }
}
