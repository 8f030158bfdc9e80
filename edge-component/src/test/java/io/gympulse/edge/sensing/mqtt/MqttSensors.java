package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Sensor;

/// Sensors as configured in a floor plan.
final class MqttSensors {
  private MqttSensors() {}

  /// @param source the lines of the source, without its type
  static Sensor level(String id, String source) {
    return sensor(id, "level", source);
  }

  static Sensor pulse(String id, String source) {
    return sensor(id, "pulse", source);
  }

  static Sensor sensor(String id, String behaviour, String source) {
    return timed(id, behaviour, behaviour.equals("pulse") ? "\"vacancySeconds\":60," : "", source);
  }

  /// @param timing fields of the sensor, each followed by a comma
  static Sensor timed(String id, String behaviour, String timing, String source) {
    String plan =
        """
        {"gym":{"id":"g","name":"G","latitude":0,"longitude":0,"zone":"UTC"},"gateway":"g-gw",
         "machines":[{"id":"m-1","category":"bike","name":"B","x":1,"y":1,"sensors":[
          {"id":"%s","behaviour":"%s",%s"source":{"type":"mqtt",%s}}]}]}"""
            .formatted(id, behaviour, timing, source);
    try {
      return FloorPlanFile.parse(plan, "plan").machines().getFirst().sensors().getFirst();
    } catch (FloorPlanException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
