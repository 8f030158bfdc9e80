package io.gympulse.system.prove;

import io.gympulse.cloud.core.aggregate.BinKey;
import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.floorplan.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The windows that were computed while their gateway was cut off, and had to be computed again
/// when its backlog came: as they are stored, whatever is said to be due.
///
/// @param windows that were opened again
/// @param bins of one machine in them, how many were judged
/// @param errors what is wrong, a sentence each
record LateWindows(int windows, int bins, List<String> errors) {
  static final LateWindows NONE = new LateWindows(0, 0, List.of());

  /// How long after its end a window is computed without being covered, and how long until that is
  /// looked at.
  private static final Duration COMPUTED_AFTER = Duration.ofMinutes(21);

  static LateWindows judge(StoredBins stored, List<Absence> absences) {
    int windows = 0;
    int bins = 0;
    List<String> errors = new ArrayList<>();
    for (Absence absence : absences) {
      boolean ofGym = absence.gym().equals(stored.plan().gym().id().value());
      if (!ofGym || absence.cause() != Absence.Cause.CUT) {
        continue;
      }
      Window window = Window.of(absence.from());
      while (!window.end().plus(COMPUTED_AFTER).isAfter(absence.to())) {
        windows++;
        for (Machine machine : stored.plan().machines()) {
          bins++;
          problem(stored, machine, window).ifPresent(errors::add);
        }
        window = window.next();
      }
    }
    return new LateWindows(windows, bins, List.copyOf(errors));
  }

  private static Optional<String> problem(StoredBins stored, Machine machine, Window window) {
    MachineBin expected =
        new Integration(stored.events().getOrDefault(machine.id(), List.of()), stored.covered())
            .over(window);
    BinKey key = new BinKey(stored.plan().gym().id(), machine.category(), window);
    MachineBin found =
        Optional.ofNullable(stored.bins().get(key))
            .map(CategoryBin::machines)
            .flatMap(it -> Optional.ofNullable(it.get(machine.id())))
            .orElse(MachineBin.UNKNOWN);
    return expected.equals(found)
        ? Optional.empty()
        : Optional.of(
            "%s in %s is %s, not %s".formatted(machine.id(), window.start(), found, expected));
  }

  LateWindows plus(LateWindows other) {
    List<String> all = new ArrayList<>(errors);
    all.addAll(other.errors);
    return new LateWindows(windows + other.windows, bins + other.bins, List.copyOf(all));
  }
}
