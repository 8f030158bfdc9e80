package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.SensorBehaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The stored occupancy against the simulator's truth, by the kind of sensor. Reported, not judged:
/// it says how well a sensor can know, not whether anything was lost.
final class Sensing {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Sensing() {}

  static Map<SensorBehaviour, Timeline.Agreement> compare(
      FloorPlan plan, Path truthFile, Collection<SeenEvent> stored) throws IOException {
    Map<String, Timeline> truth = new HashMap<>();
    Instant last = Instant.MIN;
    Instant first = Instant.MAX;
    for (String line : Files.readAllLines(truthFile)) {
      JsonNode change = JSON.readTree(line);
      Instant at = Instant.ofEpochMilli(change.required("at").longValue());
      first = at.isBefore(first) ? at : first;
      last = at.isAfter(last) ? at : last;
      truth
          .computeIfAbsent(change.required("machine").textValue(), _ -> new Timeline())
          .change(at, change.required("status").textValue());
    }
    Map<String, Timeline> seen = timelines(stored);
    Map<SensorBehaviour, Timeline.Agreement> result = new EnumMap<>(SensorBehaviour.class);
    for (Machine machine : plan.machines()) {
      Timeline known = truth.get(machine.id().value());
      if (known != null && !machine.sensors().isEmpty()) {
        Timeline.Agreement agreement =
            seen.getOrDefault(machine.id().value(), new Timeline()).compare(known, first, last);
        result.merge(machine.sensors().getFirst().behaviour(), agreement, Timeline.Agreement::plus);
      }
    }
    return result;
  }

  private static Map<String, Timeline> timelines(Collection<SeenEvent> stored) {
    List<SeenEvent> ordered =
        stored.stream()
            .sorted(
                Comparator.comparing((SeenEvent it) -> it.at().orElseThrow())
                    .thenComparing(it -> it.name().seq()))
            .toList();
    Map<String, Timeline> seen = new HashMap<>();
    for (SeenEvent event : ordered) {
      seen.computeIfAbsent(event.machine(), _ -> new Timeline())
          .change(event.at().orElseThrow(), event.status());
    }
    return seen;
  }
}
