package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reduces the number of events and keeps all totals: a machine's events of one quarter of an hour
/// become the last of them, with a summary of the time spent in each status since the first.
///
/// Events of a machine are joined only if their times do not go back and have the same quality.
/// Coalescing a result again, together with later events, gives the same as doing it at once.
final class Coalescing {
  private Coalescing() {}

  /// @param events ascending, standing together for a run of numbers without gaps
  /// @return some of them, ascending, standing for the same numbers
  static List<MachineEvent> of(List<MachineEvent> events) {
    MachineEvent[] kept = new MachineEvent[events.size()];
    Map<MachineId, Integer> latest = new HashMap<>();
    for (int i = 0; i < kept.length; i++) {
      MachineEvent event = events.get(i);
      Integer before = latest.put(event.machine(), i);
      kept[i] = event;
      if (before != null && joins(kept[before], event)) {
        kept[i] = joined(kept[before], event);
        kept[before] = null;
      }
    }
    return numbered(kept, events);
  }

  private static boolean joins(MachineEvent earlier, MachineEvent later) {
    return Summary.binOf(earlier.at()) == Summary.binOf(later.at())
        && !from(later).isBefore(earlier.at())
        && earlier.quality() == later.quality();
  }

  private static MachineEvent joined(MachineEvent earlier, MachineEvent later) {
    Duration between = Duration.between(earlier.at(), from(later));
    Summary a = summary(earlier);
    Summary b = summary(later);
    MachineStatus status = earlier.status();
    return with(
        later,
        new Summary(
            b.first(),
            a.from(),
            a.occupied().plus(b.occupied()).plus(during(status, MachineStatus.OCCUPIED, between)),
            a.free().plus(b.free()).plus(during(status, MachineStatus.FREE, between)),
            a.unknown().plus(b.unknown()).plus(during(status, MachineStatus.UNKNOWN, between)),
            a.transitions() + 1 + b.transitions()));
  }

  private static Duration during(MachineStatus is, MachineStatus wanted, Duration time) {
    return is == wanted ? time : Duration.ZERO;
  }

  /// Extends each event that is left to the numbers of those removed since the one before it.
  private static List<MachineEvent> numbered(MachineEvent[] kept, List<MachineEvent> events) {
    List<MachineEvent> result = new ArrayList<>();
    Sequence next = Sequence.FIRST;
    for (int i = 0; i < kept.length; i++) {
      Sequence own = events.get(i).standsFor().first();
      if (i == 0) {
        next = own;
      } else if (!own.equals(events.get(i - 1).seq().next())) {
        throw new IllegalArgumentException(
            "events %s and %s leave a gap".formatted(events.get(i - 1).seq(), own));
      }
      MachineEvent event = kept[i];
      if (event != null) {
        result.add(standingForFrom(next, event));
        next = event.seq().next();
      }
    }
    return result;
  }

  private static MachineEvent standingForFrom(Sequence first, MachineEvent event) {
    if (event.standsFor().first().equals(first)) {
      return event;
    }
    Summary it = summary(event);
    return with(
        event,
        new Summary(first, it.from(), it.occupied(), it.free(), it.unknown(), it.transitions()));
  }

  private static MachineEvent with(MachineEvent event, Summary summary) {
    return new MachineEvent(
        event.seq(),
        event.machine(),
        event.status(),
        event.reason(),
        event.at(),
        event.quality(),
        Optional.of(summary));
  }

  private static Instant from(MachineEvent event) {
    return event.summary().map(Summary::from).orElse(event.at());
  }

  private static Summary summary(MachineEvent event) {
    return event
        .summary()
        .orElseGet(
            () ->
                new Summary(
                    event.seq(), event.at(), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0));
  }
}
