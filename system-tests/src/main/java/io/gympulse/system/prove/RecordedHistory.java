package io.gympulse.system.prove;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The recorded events of each machine, in the order in which gateways appended them, with the
/// times that are stored.
///
/// @param machines by id
record RecordedHistory(Map<String, List<Entry>> machines) {

  /// @param at its time as stored
  /// @param knownAt when its line was first seen in the record file
  record Entry(ObservedEvent event, Instant at, Instant knownAt) {}

  /// @param recorded by gym, in the order of its record file
  /// @param firstSeen when each line of that file was first seen; `end` for lines beyond the list
  /// @param stored whose times are final; events that are not stored are left out
  static RecordedHistory of(
      List<List<RecordedEvent>> recorded,
      List<List<Instant>> firstSeen,
      List<ObservedEvent> stored,
      Instant end) {
    Map<ObservedEvent.Id, Instant> storedTimes = new HashMap<>();
    stored.forEach(it -> it.at().ifPresent(at -> storedTimes.put(it.id(), at)));
    Map<String, List<Entry>> machines = new HashMap<>();
    for (int gym = 0; gym < recorded.size(); gym++) {
      List<RecordedEvent> events = recorded.get(gym);
      List<Instant> times = firstSeen.get(gym);
      for (int i = 0; i < events.size(); i++) {
        ObservedEvent event = events.get(i).event();
        Instant at = storedTimes.get(event.id());
        if (at != null) {
          machines
              .computeIfAbsent(event.machine(), _ -> new ArrayList<>())
              .add(new Entry(event, at, i < times.size() ? times.get(i) : end));
        }
      }
    }
    return new RecordedHistory(machines);
  }

  List<Entry> of(String machine) {
    return machines.getOrDefault(machine, List.of());
  }

  Optional<Entry> last(String machine) {
    List<Entry> entries = of(machine);
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
  }
}
