package io.gympulse.system.prove;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A machine was free after use.
///
/// @param from when it became free, as stored
/// @param to when it was so no more, or the end of the run
record FreePeriod(String machine, Instant from, Instant to) {

  /// All of them, by the stored events.
  ///
  /// @param end of the run
  static List<FreePeriod> among(List<SeenEvent> events, Instant end) {
    Map<String, List<SeenEvent>> byMachine = new HashMap<>();
    events.forEach(it -> byMachine.computeIfAbsent(it.machine(), _ -> new ArrayList<>()).add(it));
    List<FreePeriod> periods = new ArrayList<>();
    byMachine.forEach((machine, its) -> periods.addAll(of(machine, its, end)));
    return periods;
  }

  private static List<FreePeriod> of(String machine, List<SeenEvent> events, Instant end) {
    List<SeenEvent> ordered =
        events.stream()
            .sorted(
                Comparator.comparing((SeenEvent it) -> it.at().orElseThrow())
                    .thenComparing(it -> it.name().seq()))
            .toList();
    List<FreePeriod> periods = new ArrayList<>();
    String known = Timeline.UNKNOWN;
    for (int i = 0; i < ordered.size(); i++) {
      SeenEvent event = ordered.get(i);
      if (event.status().equals("free") && known.equals("occupied")) {
        Instant to = i + 1 < ordered.size() ? ordered.get(i + 1).at().orElseThrow() : end;
        periods.add(new FreePeriod(machine, event.at().orElseThrow(), to));
      }
      known = event.status().equals(Timeline.UNKNOWN) ? known : event.status();
    }
    return periods;
  }
}
