package io.gympulse.system.prove;

import io.gympulse.system.sensing.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A period in which a machine was free after it was occupied.
///
/// @param from when it became free, according to the stored events
/// @param to when its status changed again, or the end of the run
record FreePeriod(String machine, Instant from, Instant to) {

  /// All free periods according to the stored events.
  ///
  /// @param end of the run
  static List<FreePeriod> among(List<ObservedEvent> events, Instant end) {
    Map<String, List<ObservedEvent>> byMachine = new HashMap<>();
    events.forEach(it -> byMachine.computeIfAbsent(it.machine(), _ -> new ArrayList<>()).add(it));
    List<FreePeriod> periods = new ArrayList<>();
    byMachine.forEach((machine, its) -> periods.addAll(of(machine, its, end)));
    return periods;
  }

  private static List<FreePeriod> of(String machine, List<ObservedEvent> events, Instant end) {
    List<ObservedEvent> ordered = events.stream().sorted(ObservedEvent.BY_TIME).toList();
    List<FreePeriod> periods = new ArrayList<>();
    String known = Timeline.UNKNOWN;
    for (int i = 0; i < ordered.size(); i++) {
      ObservedEvent event = ordered.get(i);
      if (event.status().equals("free") && known.equals("occupied")) {
        Instant to = i + 1 < ordered.size() ? ordered.get(i + 1).at().orElseThrow() : end;
        periods.add(new FreePeriod(machine, event.at().orElseThrow(), to));
      }
      known = event.status().equals(Timeline.UNKNOWN) ? known : event.status();
    }
    return periods;
  }
}
