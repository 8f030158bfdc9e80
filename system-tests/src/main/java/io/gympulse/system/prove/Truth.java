package io.gympulse.system.prove;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the gateways' observers saw of each machine, in the order in which it was appended, with
/// the times that are stored.
///
/// @param machines by id
record Truth(Map<String, List<Entry>> machines) {

  /// An event, and when it was certainly known to the gateway.
  record Entry(SeenEvent event, Instant at, Instant knownAt) {}

  /// @param recorded by gym, in the order of its file
  /// @param seen when each line of that file was first there; what has no such moment counts as
  ///     seen at the end
  /// @param stored whose times are final; events that are not stored are left out
  static Truth of(
      List<List<RecordedEvent>> recorded,
      List<List<Instant>> seen,
      List<SeenEvent> stored,
      Instant end) {
    Map<EventName, Instant> times = new HashMap<>();
    stored.forEach(it -> it.at().ifPresent(at -> times.put(it.name(), at)));
    Map<String, List<Entry>> machines = new HashMap<>();
    for (int gym = 0; gym < recorded.size(); gym++) {
      List<RecordedEvent> events = recorded.get(gym);
      List<Instant> moments = seen.get(gym);
      for (int i = 0; i < events.size(); i++) {
        SeenEvent event = events.get(i).event();
        Instant at = times.get(event.name());
        if (at != null) {
          machines
              .computeIfAbsent(event.machine(), _ -> new ArrayList<>())
              .add(new Entry(event, at, i < moments.size() ? moments.get(i) : end));
        }
      }
    }
    return new Truth(machines);
  }

  List<Entry> of(String machine) {
    return machines.getOrDefault(machine, List.of());
  }

  Optional<Entry> last(String machine) {
    List<Entry> entries = of(machine);
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
  }
}
