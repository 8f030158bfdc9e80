package io.gympulse.system.prove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Why members were told of free periods that the stored events do not show as such.
///
/// @param overAtOnce the machine became free, and its gateway died before it had made a later
///     moment durable: the gap begins at the moment at which the period did
/// @param beforeTheirEvents a snapshot told of it before the events of an outage came, and by those
///     the machine had been free before, or became free as its gateway came back
/// @param invented the machine did not become free then
record Baseless(int overAtOnce, int beforeTheirEvents, List<Telling> invented) {

  /// @param stored events of all machines
  /// @param tolerance how far apart two clocks may be read
  static Baseless explain(
      Collection<Telling> tellings, List<SeenEvent> stored, Duration tolerance) {
    int over = 0;
    int before = 0;
    List<Telling> invented = new ArrayList<>();
    for (Telling telling : tellings) {
      List<SeenEvent> itsMachine =
          stored.stream().filter(it -> it.machine().equals(telling.machine())).toList();
      Optional<SeenEvent> free =
          itsMachine.stream()
              .filter(it -> it.status().equals("free"))
              .filter(it -> isAt(telling, it, tolerance))
              .findFirst();
      if (free.isEmpty()) {
        invented.add(telling);
      } else if (itsMachine.stream()
          .anyMatch(
              it -> it.at().equals(free.get().at()) && it.name().seq() > free.get().name().seq())) {
        over++;
      } else {
        before++;
      }
    }
    return new Baseless(over, before, List.copyOf(invented));
  }

  private static boolean isAt(Telling telling, SeenEvent event, Duration tolerance) {
    Duration apart = Duration.between(event.at().orElseThrow(), telling.since()).abs();
    return apart.compareTo(tolerance) <= 0;
  }
}
