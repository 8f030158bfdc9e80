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

/// The stored events' times, compared with the true ones, which wrong gateway clocks did not
/// show.
///
/// @param checked events whose true time is known
/// @param bounded those of them stored with a bounded time, as no clock was right during their
///     boot; their times are not compared
/// @param mistimed events stored with another time than the true one
/// @param largest the largest difference
record TimestampCheck(int checked, int bounded, int mistimed, Duration largest) {

  /// @param bounded events stored with a bounded time
  /// @param bootedAt the true time at which a boot began
  /// @param tolerance the largest difference of two readings of the clock
  static TimestampCheck check(
      Collection<RecordedEvent> recorded,
      List<ObservedEvent> stored,
      Set<ObservedEvent.Id> bounded,
      Function<String, Optional<Instant>> bootedAt,
      Duration tolerance) {
    Map<ObservedEvent.Id, Instant> times = new HashMap<>();
    stored.forEach(it -> it.at().ifPresent(at -> times.put(it.id(), at)));
    int checked = 0;
    int skipped = 0;
    int mistimed = 0;
    Duration largest = Duration.ZERO;
    for (RecordedEvent event : recorded) {
      Optional<Instant> truth = bootedAt.apply(event.boot()).map(it -> it.plus(event.sinceBoot()));
      Instant found = times.get(event.event().id());
      if (truth.isPresent() && found != null) {
        checked++;
        Duration difference = Duration.between(truth.get(), found).abs();
        if (bounded.contains(event.event().id())) {
          skipped++;
        } else {
          mistimed += difference.compareTo(tolerance) > 0 ? 1 : 0;
          largest = difference.compareTo(largest) > 0 ? difference : largest;
        }
      }
    }
    return new TimestampCheck(checked, skipped, mistimed, largest);
  }
}
