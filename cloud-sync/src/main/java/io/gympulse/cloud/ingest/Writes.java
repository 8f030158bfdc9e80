package io.gympulse.cloud.ingest;

import io.gympulse.cloud.presence.Hearing;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.presence.Heard;
import io.gympulse.cloud.state.store.CloudStore;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The writes of one invocation, coalesced: of a machine only the newest state is offered, of a
/// gateway only the last presence is written.
final class Writes {
  private final List<Write.Events> events = new ArrayList<>();
  private final List<Write.Report> reports = new ArrayList<>();
  private final Map<MachineId, CurrentState> newest = new LinkedHashMap<>();
  private final List<Heard> heard = new ArrayList<>();
  private final List<Write.Sighting> sightings = new ArrayList<>();

  private Writes() {}

  static Writes of(Collection<Judgement> judgements) {
    Writes writes = new Writes();
    judgements.forEach(it -> it.writes().forEach(writes::add));
    return writes;
  }

  private void add(Write write) {
    switch (write) {
      case Write.Events it -> events.add(it);
      case Write.Report it -> reports.add(it);
      case Write.Claim(CurrentState state) ->
          newest.merge(state.machine(), state, (one, other) -> other.newerThan(one) ? other : one);
      case Write.Presence(Heard it) -> heard.add(it);
      case Write.Sighting it -> sightings.add(it);
    }
  }

  boolean isEmpty() {
    return events.isEmpty()
        && reports.isEmpty()
        && newest.isEmpty()
        && heard.isEmpty()
        && sightings.isEmpty();
  }

  /// Events and reports.
  long size() {
    return reports.size() + events.stream().mapToLong(it -> it.events().size()).sum();
  }

  /// Events first: nothing may be shown that history does not hold.
  void writeTo(CloudStore store, Duration offlineAfter) {
    events.forEach(it -> store.events().store(it.from(), it.outbox(), it.events()));
    reports.forEach(it -> store.events().store(it.report()));
    newest.values().forEach(store.current()::offer);
    new Hearing(store.presences(), offlineAfter).hear(heard);
    sightings.forEach(it -> store.unregistered().seen(it.gym(), it.machine(), it.at()));
  }
}
