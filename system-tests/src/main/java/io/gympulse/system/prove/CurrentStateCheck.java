package io.gympulse.system.prove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The current states stored at the end of the run, compared with the last recorded event of each
/// machine.
///
/// @param checked machines
/// @param errors a sentence each
record CurrentStateCheck(int checked, List<String> errors) {

  /// @param machines all of them
  /// @param stored current states
  /// @param tolerance the largest difference of two readings of the clock
  static CurrentStateCheck check(
      Collection<String> machines,
      Collection<Expectations.ShownState> stored,
      RecordedHistory history,
      Duration tolerance) {
    int checked = 0;
    List<String> errors = new ArrayList<>();
    for (String machine : machines) {
      Optional<RecordedHistory.Entry> last = history.last(machine);
      Optional<Expectations.ShownState> state =
          stored.stream().filter(it -> it.machine().equals(machine)).findFirst();
      if (last.isPresent()) {
        checked++;
        boolean isCorrect =
            state.isPresent()
                && state.get().matches(last.get().event().status(), last.get().at(), tolerance);
        if (!isCorrect) {
          errors.add("%s is stored as %s after %s".formatted(machine, state, last.get().event()));
        }
      }
    }
    return new CurrentStateCheck(checked, List.copyOf(errors));
  }
}
