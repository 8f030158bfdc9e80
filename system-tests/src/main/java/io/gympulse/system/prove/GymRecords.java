package io.gympulse.system.prove;

import io.gympulse.system.environment.ClonedGateway;
import io.gympulse.system.environment.GymProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The record files of one gym: of its gateway and of the gateway's clones.
///
/// @param byGateway the original's events first, each in the order in which they were appended
/// @param events of all gateways, with the ids under which they are stored
/// @param firstSeen when the line of each event was first seen
/// @param matching of the events with the stored ones; empty if there are no clones
record GymRecords(
    GymProcesses gym,
    List<List<RecordedEvent>> byGateway,
    List<RecordedEvent> events,
    List<Instant> firstSeen,
    Optional<EventMatching> matching) {

  /// @throws IOException if a record file cannot be read
  static GymRecords read(GymProcesses gym, StoredEvents stored, Observations observations)
      throws IOException {
    List<List<RecordedEvent>> byGateway = new ArrayList<>();
    List<EventMatching.TimedEvent> all = new ArrayList<>();
    List<Path> files = new ArrayList<>(List.of(gym.recordFile()));
    gym.clones().stream().map(ClonedGateway::recordFile).filter(Files::exists).forEach(files::add);
    for (Path file : files) {
      List<RecordedEvent> events = RecordedEvent.readAll(file);
      List<Instant> lines = observations.firstSeen().getOrDefault(file, List.of());
      byGateway.add(events);
      for (int i = 0; i < events.size(); i++) {
        Instant firstSeen = i < lines.size() ? lines.get(i) : observations.end();
        all.add(new EventMatching.TimedEvent(events.get(i), firstSeen));
      }
    }
    Optional<EventMatching> matching =
        byGateway.size() == 1
            ? Optional.empty()
            : Optional.of(EventMatching.match(all, stored.events()));
    List<EventMatching.TimedEvent> found = matching.map(EventMatching::events).orElse(all);
    return new GymRecords(
        gym,
        List.copyOf(byGateway),
        found.stream().map(EventMatching.TimedEvent::event).toList(),
        found.stream().map(EventMatching.TimedEvent::firstSeen).toList(),
        matching);
  }

  int lost() {
    return matching.map(EventMatching::lost).orElse(0);
  }

  int doubled() {
    return matching.map(EventMatching::doubled).orElse(0);
  }

  /// Checks the sequence numbers of one gateway; clones may use the same numbers.
  ///
  /// @param gateway index in `byGateway`
  /// @param stored ids of stored and coalesced events
  SequenceCheck checkSequences(int gateway, Set<ObservedEvent.Id> stored) {
    Set<ObservedEvent.Id> others = new HashSet<>(stored);
    byGateway.forEach(all -> all.forEach(it -> others.add(it.event().id())));
    return SequenceCheck.check(
        byGateway.get(gateway), byGateway.size() == 1 ? stored : others, byGateway.size());
  }

  /// The true time at which a boot of any of the gateways began.
  Optional<Instant> bootedAt(String boot) {
    return gym.clockFile()
        .bootedAt(boot)
        .or(
            () ->
                gym.clones().stream()
                    .flatMap(it -> it.clockFile().stream())
                    .flatMap(it -> it.bootedAt(boot).stream())
                    .findFirst());
  }
}
