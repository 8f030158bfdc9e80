package io.gympulse.edge.doctor;

import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Machine;
import java.util.List;

/// Machines as configured in a floor plan.
final class TestPlans {
  static final String GPIO =
      """
      "type":"gpio","line":17,"activeHigh":true""";
  static final String EXPANDER =
      """
      "type":"gpio","chip":"expander","line":3,"activeHigh":true""";
  static final String MQTT =
      """
      "type":"mqtt","format":"json","topic":"gym/bike","property":"active","activeWhen":true""";

  private TestPlans() {}

  static String plan(String source) {
    return """
    {"gym":{"id":"g","name":"G","latitude":0,"longitude":0,"zone":"UTC"},"gateway":"g-gw",
     "machines":[{"id":"m-1","category":"bike","name":"B","x":1,"y":1,"sensors":[
      {"id":"s-1","behaviour":"level","source":{%s}}]}]}"""
        .formatted(source);
  }

  /// One machine with one sensor.
  static List<Machine> machines(String source) {
    try {
      return FloorPlanFile.parse(plan(source), "plan").machines();
    } catch (FloorPlanException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
