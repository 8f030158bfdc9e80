package io.gympulse.system.prove;

import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.floorplan.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The windows that were computed while their gateway's link was down, and had to be recomputed
/// after its backlog arrived, compared with a [ReferenceAggregation]. They are checked even if
/// they are still marked as due.
///
/// @param windows that had to be recomputed
/// @param bins of one machine in them, that were checked
/// @param errors a sentence each
record LateWindowCheck(int windows, int bins, List<String> errors) {
  static final LateWindowCheck NONE = new LateWindowCheck(0, 0, List.of());

  /// The longest time after its end until a window is computed without being covered.
  private static final Duration COMPUTED_AFTER = Duration.ofMinutes(21);

  static LateWindowCheck check(StoredAggregates stored, List<Downtime> downtimes) {
    int windows = 0;
    int bins = 0;
    List<String> errors = new ArrayList<>();
    for (Downtime downtime : downtimes) {
      boolean ofGym = downtime.gym().equals(stored.plan().gym().id().value());
      if (!ofGym || downtime.cause() != Downtime.Cause.LINK_DOWN) {
        continue;
      }
      Window window = Window.of(downtime.from());
      while (!window.end().plus(COMPUTED_AFTER).isAfter(downtime.to())) {
        windows++;
        for (Machine machine : stored.plan().machines()) {
          bins++;
          problem(stored, machine, window).ifPresent(errors::add);
        }
        window = window.next();
      }
    }
    return new LateWindowCheck(windows, bins, List.copyOf(errors));
  }

  private static Optional<String> problem(StoredAggregates stored, Machine machine, Window window) {
    MachineBin expected = stored.reference(machine).over(window);
    MachineBin found = stored.bin(machine, window);
    return expected.equals(found)
        ? Optional.empty()
        : Optional.of(
            "%s in %s is %s, not %s".formatted(machine.id(), window.start(), found, expected));
  }

  LateWindowCheck plus(LateWindowCheck other) {
    List<String> all = new ArrayList<>(errors);
    all.addAll(other.errors);
    return new LateWindowCheck(windows + other.windows, bins + other.bins, List.copyOf(all));
  }
}
