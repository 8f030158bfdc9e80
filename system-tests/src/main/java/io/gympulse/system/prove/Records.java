package io.gympulse.system.prove;

import io.gympulse.system.rig.Branch;
import io.gympulse.system.rig.CardCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the observers of one gym's gateways saw: of one gateway, or of those that ran from its card
/// and the card's copies.
///
/// @param recorders by gateway, the original's first, each in the order in which it was appended
/// @param events of all, with the names under which they are stored
/// @param seen when each was certainly known
/// @param identified of several gateways; empty for one
record Records(
    Branch branch,
    List<List<RecordedEvent>> recorders,
    List<RecordedEvent> events,
    List<Instant> seen,
    Optional<Identified> identified) {

  /// @throws IOException if a record file cannot be read
  static Records read(Branch branch, StoredEvents stored, Evidence evidence) throws IOException {
    List<List<RecordedEvent>> recorders = new ArrayList<>();
    List<Identified.Moment> all = new ArrayList<>();
    List<Path> files = new ArrayList<>(List.of(branch.record()));
    branch.copies().stream().map(CardCopy::record).filter(Files::exists).forEach(files::add);
    for (Path file : files) {
      List<RecordedEvent> events = RecordFile.read(file);
      List<Instant> lines = evidence.lines().getOrDefault(file, List.of());
      recorders.add(events);
      for (int i = 0; i < events.size(); i++) {
        Instant seen = i < lines.size() ? lines.get(i) : evidence.end();
        all.add(new Identified.Moment(events.get(i), seen));
      }
    }
    Optional<Identified> identified =
        recorders.size() == 1 ? Optional.empty() : Optional.of(Identified.of(all, stored.events()));
    List<Identified.Moment> found = identified.map(Identified::events).orElse(all);
    return new Records(
        branch,
        List.copyOf(recorders),
        found.stream().map(Identified.Moment::event).toList(),
        found.stream().map(Identified.Moment::seen).toList(),
        identified);
  }

  int lost() {
    return identified.map(Identified::lost).orElse(0);
  }

  int doubled() {
    return identified.map(Identified::doubled).orElse(0);
  }

  /// Of a recorder, whose numbers may be used by the others as well.
  ///
  /// @param stored names that are stored or answered for
  Sequences sequences(int recorder, Set<EventName> stored) {
    Set<EventName> others = new HashSet<>(stored);
    recorders.forEach(all -> all.forEach(it -> others.add(it.event().name())));
    return Sequences.judge(
        recorders.get(recorder), recorders.size() == 1 ? stored : others, recorders.size());
  }

  /// When a boot of any of the gateways truly began.
  Optional<Instant> bootedAt(String boot) {
    return branch
        .clocks()
        .bootedAt(boot)
        .or(
            () ->
                branch.copies().stream()
                    .flatMap(it -> it.clocks().stream())
                    .flatMap(it -> it.bootedAt(boot).stream())
                    .findFirst());
  }
}
