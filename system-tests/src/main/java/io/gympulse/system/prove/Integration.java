package io.gympulse.system.prove;

import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.coverage.Interval;
import io.gympulse.cloud.core.event.StoredEvent;
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

/// One machine's time by a second arithmetic: every moment is asked on its own what is known of it,
/// from the events themselves and not from the window before. Machines that report by themselves
/// are not judged.
final class Integration {
  private static final Comparator<StoredEvent> ORDER =
      Comparator.<StoredEvent>comparingLong(it -> it.event().at().toEpochMilli())
          .thenComparingLong(it -> it.event().seq().value())
          .thenComparing(it -> it.outbox().toString());

  private final List<MachineEvent> events;
  private final List<Interval> covered;

  Integration(List<StoredEvent> events, List<Interval> covered) {
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
      switch (known(from)) {
        case OCCUPIED -> occupied += to - from;
        case FREE -> free += to - from;
        case UNKNOWN -> {}
      }
      from = to;
    }
    for (MachineEvent event : events) {
      if (at(event) >= start && at(event) < end && counts(event)) {
        occupied += event.summary().orElseThrow().occupied().toMillis();
        free += event.summary().orElseThrow().free().toMillis();
      }
    }
    return new MachineBin(
        occupied,
        free,
        end - start - occupied - free,
        transitions(start, end),
        held(start - 1),
        held(end - 1));
  }

  /// Where anything may change, ascending, the end included.
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

  /// What is known of a moment outside coalesced spans; within them, their summaries tell.
  private MachineStatus known(long moment) {
    boolean coalesced = events.stream().anyMatch(it -> begin(it) <= moment && moment < at(it));
    return coalesced ? MachineStatus.UNKNOWN : held(moment);
  }

  private MachineStatus held(long moment) {
    OptionalLong since = since(moment);
    MachineStatus status = MachineStatus.UNKNOWN;
    for (MachineEvent event : events) {
      if (since.isPresent() && at(event) >= since.getAsLong() && at(event) <= moment) {
        status = event.status();
      }
    }
    return status;
  }

  /// The latest beginning of an interval before a covered moment; empty if it is not covered.
  private OptionalLong since(long moment) {
    boolean isCovered =
        covered.stream()
            .anyMatch(it -> it.from().toEpochMilli() <= moment && moment < it.to().toEpochMilli());
    return isCovered
        ? covered.stream()
            .mapToLong(it -> it.from().toEpochMilli())
            .filter(it -> it <= moment)
            .max()
        : OptionalLong.empty();
  }

  private boolean counts(MachineEvent event) {
    if (event.summary().isEmpty()) {
      return false;
    }
    long begin = begin(event);
    long end = at(event);
    if (begin == end) {
      return since(end).isPresent();
    }
    OptionalLong since = since(begin);
    boolean whole =
        since.isPresent()
            && LongStream.of(begin, end - 1).allMatch(it -> since(it).equals(since))
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
      int told = counts(event) ? event.summary().orElseThrow().transitions() : 0;
      boolean here = at(event) >= start && at(event) < end;
      transitions += here ? told : 0;
      OptionalLong since = since(at(event));
      if (since.isPresent()) {
        MachineStatus before =
            last.filter(it -> at(it) >= since.getAsLong())
                .map(MachineEvent::status)
                .orElse(MachineStatus.UNKNOWN);
        transitions += here && (told > 0 || event.status() != before) ? 1 : 0;
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
