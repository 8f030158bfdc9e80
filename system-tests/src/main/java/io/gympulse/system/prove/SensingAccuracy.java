package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The stored occupancy compared with the simulator's truth, by kind of sensor. It is reported
/// and not checked: it depends on what a sensor can detect, not on lost events.
final class SensingAccuracy {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SensingAccuracy() {}

  static Map<Behaviour, Timeline.Comparison> compare(
      FloorPlan plan, Path truthFile, Collection<ObservedEvent> stored) throws IOException {
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
    Map<Behaviour, Timeline.Comparison> result = new EnumMap<>(Behaviour.class);
    for (Machine machine : plan.machines()) {
      Timeline actual = truth.get(machine.id().value());
      if (actual != null && !machine.sensors().isEmpty()) {
        Timeline.Comparison comparison =
            seen.getOrDefault(machine.id().value(), new Timeline()).compare(actual, first, last);
        result.merge(
            machine.sensors().getFirst().behaviour(), comparison, Timeline.Comparison::plus);
      }
    }
    return result;
  }

  private static Map<String, Timeline> timelines(Collection<ObservedEvent> stored) {
    List<ObservedEvent> ordered = stored.stream().sorted(ObservedEvent.BY_TIME).toList();
    Map<String, Timeline> seen = new HashMap<>();
    for (ObservedEvent event : ordered) {
      seen.computeIfAbsent(event.machine(), _ -> new Timeline())
          .change(event.at().orElseThrow(), event.status());
    }
    return seen;
  }
}
