package io.gympulse.system.prove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The states that are kept when the day is over, against the last that was recorded of each
/// machine.
///
/// @param judged machines
/// @param errors what is wrong, a sentence each
record KeptStates(int judged, List<String> errors) {

  /// @param machines all of them
  /// @param kept the stored current states
  /// @param tolerance how far apart two clocks may be read
  static KeptStates judge(
      Collection<String> machines, Collection<Shown> kept, Truth truth, Duration tolerance) {
    int judged = 0;
    List<String> errors = new ArrayList<>();
    for (String machine : machines) {
      Optional<Truth.Entry> last = truth.last(machine);
      Optional<Shown> shown = kept.stream().filter(it -> it.machine().equals(machine)).findFirst();
      if (last.isPresent()) {
        judged++;
        boolean right =
            shown.isPresent()
                && shown.get().shows(last.get().event().status(), last.get().at(), tolerance);
        if (!right) {
          errors.add("%s is kept as %s after %s".formatted(machine, shown, last.get().event()));
        }
      }
    }
    return new KeptStates(judged, List.copyOf(errors));
  }
}
