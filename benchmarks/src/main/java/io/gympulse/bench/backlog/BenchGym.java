package io.gympulse.bench.backlog;

import io.gympulse.bench.wire.GymStream;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.contract.floorplan.SensorSource;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.TopicFilter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The machines of a [GymStream], and one more whose sensor goes on.
final class BenchGym {
  static final String LIVE = "bench-live";
  static final String TOPIC = topic(LIVE);

  private BenchGym() {}

  static FloorPlan plan(GymStream gym) {
    List<Machine> machines = new ArrayList<>();
    gym.ids().forEach(it -> machines.add(machine(it)));
    machines.add(machine(new MachineId(LIVE)));
    return new FloorPlan(
        new Gym(new GymId("riverside"), "Riverside", 0, 0, ZoneId.of("UTC")),
        new GatewayId("riverside-gw"),
        machines);
  }

  private static Machine machine(MachineId id) {
    Sensor sensor =
        new Sensor(
            new SensorId(id.value() + "-s"),
            SensorBehaviour.LEVEL,
            SensorSource.Mqtt.of(
                MqttPreset.JSON, new TopicFilter(topic(id.value())), "active", true),
            SensorTiming.NONE);
    return new Machine(id, new CategoryId("bench"), id.value(), 0, 0, List.of(sensor));
  }

  private static String topic(String machine) {
    return "bench/" + machine;
  }
}
