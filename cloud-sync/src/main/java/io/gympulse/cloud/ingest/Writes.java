package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.gateway.GatewayNews;
import io.gympulse.cloud.core.metric.MetricPoint;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.dispatch.Correlation;
import io.gympulse.cloud.presence.Hearing;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writes of one invocation, coalesced: of an outbox, a machine and a gateway only what all
/// messages together say is written, each once.
final class Writes {
  private static final Logger LOG = LoggerFactory.getLogger(Writes.class);

  /// What one invocation notes of a gym: a message names machines by the ten thousand.
  private static final int MOST_SIGHTINGS = 100;

  private final Map<Source, List<MachineEvent>> events = new LinkedHashMap<>();
  private final List<Write.Report> reports = new ArrayList<>();
  private final List<CurrentState> claims = new ArrayList<>();
  private final Map<GatewayAddress, List<GatewayNews>> news = new LinkedHashMap<>();

  /// Of each gym and machine the latest; a gym has at most [#MOST_SIGHTINGS] of them.
  private final Map<GymId, Map<MachineId, Write.Sighting>> sightings = new LinkedHashMap<>();

  private final List<MetricPoint> measured = new ArrayList<>();

  private record Source(GatewayAddress from, OutboxId outbox) {}

  private Writes() {}

  static Writes of(Collection<Judgement> judgements) {
    Writes writes = new Writes();
    judgements.forEach(it -> it.writes().forEach(writes::add));
    writes.events.replaceAll((_, it) -> eachOnce(it));
    return writes;
  }

  private void add(Write write) {
    switch (write) {
      case Write.Events it -> add(it);
      case Write.Report it -> reports.add(it);
      case Write.Claim(CurrentState state) -> claims.add(state);
      case Write.News(GatewayNews it) ->
          news.computeIfAbsent(it.gateway(), _ -> new ArrayList<>()).add(it);
      case Write.Measured(List<MetricPoint> points) -> measured.addAll(points);
      case Write.Sighting it -> add(it);
    }
  }

  private void add(Write.Sighting sighting) {
    var ofGym = sightings.computeIfAbsent(sighting.gym(), _ -> new LinkedHashMap<>());
    if (ofGym.size() < MOST_SIGHTINGS || ofGym.containsKey(sighting.machine())) {
      ofGym.put(sighting.machine(), sighting);
    }
  }

  /// An outbox's events are written in one go.
  private void add(Write.Events write) {
    events
        .computeIfAbsent(new Source(write.from(), write.outbox()), _ -> new ArrayList<>())
        .addAll(write.events());
  }

  /// By their numbers; of what several batches repeat only the first. Of several events of one
  /// number, the store says which has it.
  private static List<MachineEvent> eachOnce(List<MachineEvent> events) {
    List<MachineEvent> once = new ArrayList<>(events.size());
    events.sort(Comparator.comparing(MachineEvent::seq));
    for (MachineEvent event : events) {
      if (once.isEmpty() || !once.getLast().equals(event)) {
        once.add(event);
      }
    }
    return List.copyOf(once);
  }

  boolean isEmpty() {
    return events.isEmpty()
        && reports.isEmpty()
        && claims.isEmpty()
        && news.isEmpty()
        && sightings.isEmpty();
  }

  /// Events and reports.
  long size() {
    return reports.size() + events.values().stream().mapToLong(List::size).sum();
  }

  /// What gateways tell of themselves; not among what `writeTo` writes.
  List<MetricPoint> measured() {
    return List.copyOf(measured);
  }

  /// Events first: nothing may be shown that history does not hold. Returns those that the store
  /// has refused: what else their messages say has to be judged anew.
  List<OutboxConflict> writeEvents(CloudStore store) {
    List<OutboxConflict> conflicts = new ArrayList<>();
    events.forEach(
        (source, all) ->
            store.events().store(source.from(), source.outbox(), all).stream()
                .map(it -> new OutboxConflict(source.from(), source.outbox(), it))
                .forEach(conflicts::add));
    return conflicts;
  }

  /// Gateways last: what a gateway has proven, and which of the events came late, may be noted only
  /// once they are stored.
  void writeOthers(CloudStore store, Duration offlineAfter) {
    reports.forEach(it -> store.events().store(it.report()));
    if (!claims.isEmpty()) {
      store.current().offer(claims).forEach(Writes::tell);
    }
    new Hearing(store.gateways(), offlineAfter)
        .hear(news.values().stream().map(GatewayNews::joined).toList());
    for (Map<MachineId, Write.Sighting> ofGym : sightings.values()) {
      ofGym.values().forEach(it -> store.unregistered().seen(it.gym(), it.machine(), it.at()));
    }
  }

  /// The line by which a change is followed from here to those who are told.
  private static void tell(CurrentState state) {
    LOG.atInfo()
        .addKeyValue("correlationId", Correlation.of(state.machine().value(), state.since()))
        .log("{} of {} is {}", state.machine(), state.gym(), state.status().wireName());
  }
}
