package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.sensing.GymTruth;
import io.gympulse.system.sensing.SensingAccuracy;
import io.gympulse.system.sensing.SensingLimits;
import io.gympulse.system.sensing.Timeline;
import io.gympulse.system.sensing.Timeline.Comparison;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Compares the stored occupancy with the simulator's truth, by kind of sensor: a line per gym and
/// kind, then one per kind with its limit. A kind over its limit fails.
final class SensingReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SensingLimits limits;
  private final PrintStream out;
  private final Failures failures;

  SensingReport(SensingLimits limits, PrintStream out, Failures failures) {
    this.limits = limits;
    this.out = out;
    this.failures = failures;
  }

  void print(List<GymProcesses> gyms, Collection<ObservedEvent> stored) throws IOException {
    Map<String, Timeline> seen = seen(stored);
    SensingAccuracy total = SensingAccuracy.NONE;
    for (GymProcesses gym : gyms) {
      SensingAccuracy ofGym = compare(gym, seen);
      String name = "gym=%s ".formatted(gym.gymId());
      ofGym.judged().forEach((kind, it) -> out.println(line(name, kind, it)));
      total = total.plus(ofGym);
    }
    total.judged().forEach((kind, it) -> out.println(line("", kind, it) + " limit=" + limit(kind)));
    for (Behaviour kind : limits.exceededBy(total)) {
      failures.check("sensing_over_limit_" + kind.wireName(), 1);
    }
  }

  private static String line(String gym, Behaviour kind, Comparison comparison) {
    return String.format(
        Locale.ROOT,
        "sensing: %ssensor=%s machine_hours=%.1f wrong_s_per_hour=%.1f unknown_s_per_hour=%.1f",
        gym,
        kind.wireName(),
        comparison.machineHours(),
        comparison.wrongSecondsPerHour(),
        comparison.unknownSecondsPerHour());
  }

  private String limit(Behaviour kind) {
    return limits.of(kind).isPresent() ? Double.toString(limits.of(kind).getAsDouble()) : "none";
  }

  private static SensingAccuracy compare(GymProcesses gym, Map<String, Timeline> seen)
      throws IOException {
    GymTruth truth = new GymTruth();
    Instant last = Instant.MIN;
    Instant first = Instant.MAX;
    Path file = gym.truthFile();
    for (String line : Files.readAllLines(file)) {
      JsonNode change = JSON.readTree(line);
      Instant at = Instant.ofEpochMilli(change.required("at").longValue());
      first = at.isBefore(first) ? at : first;
      last = at.isAfter(last) ? at : last;
      String machine = change.required("machine").textValue();
      if (change.has("moved")) {
        truth.movement(machine, at, change.required("moved").booleanValue());
      } else {
        truth.use(machine, at, change.required("status").textValue().equals("occupied"));
      }
    }
    return SensingAccuracy.of(gym.floorPlan(), truth, seen, first, last);
  }

  private static Map<String, Timeline> seen(Collection<ObservedEvent> stored) {
    Map<String, Timeline> seen = new HashMap<>();
    stored.stream()
        .sorted(ObservedEvent.BY_TIME)
        .forEach(
            it ->
                seen.computeIfAbsent(it.machine(), _ -> new Timeline())
                    .change(it.at().orElseThrow(), it.status()));
    return seen;
  }
}
