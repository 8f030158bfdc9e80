package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The times of the stored events against the true ones, which the clocks of the gateways did not
/// always show.
///
/// @param judged events of which the true time is known
/// @param bounded those among them that were stored as only bounded: no clock was right in their
///     boot; they are not judged further
/// @param mistimed events that are stored at another time than the true one
/// @param largest how far the worst of them is off
record Timing(int judged, int bounded, int mistimed, Duration largest) {

  /// @param bounded names of the events that are stored as bounded
  /// @param bootedAt when a boot truly began
  /// @param tolerance how far a time may be off, as two clocks are not read at one moment
  static Timing judge(
      Collection<RecordedEvent> recorded,
      List<SeenEvent> stored,
      Set<EventName> bounded,
      Function<String, Optional<Instant>> bootedAt,
      Duration tolerance) {
    Map<EventName, Instant> times = new HashMap<>();
    stored.forEach(it -> it.at().ifPresent(at -> times.put(it.name(), at)));
    int judged = 0;
    int unknown = 0;
    int mistimed = 0;
    Duration largest = Duration.ZERO;
    for (RecordedEvent event : recorded) {
      Optional<Instant> truth = bootedAt.apply(event.boot()).map(it -> it.plus(event.sinceBoot()));
      Instant found = times.get(event.event().name());
      if (truth.isPresent() && found != null) {
        judged++;
        Duration off = Duration.between(truth.get(), found).abs();
        if (bounded.contains(event.event().name())) {
          unknown++;
        } else {
          mistimed += off.compareTo(tolerance) > 0 ? 1 : 0;
          largest = off.compareTo(largest) > 0 ? off : largest;
        }
      }
    }
    return new Timing(judged, unknown, mistimed, largest);
  }
}
