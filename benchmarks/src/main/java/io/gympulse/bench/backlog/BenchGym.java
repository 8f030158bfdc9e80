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
import java.util.stream.IntStream;

/// The machines of a [GymStream], and more that go on: so many that none changes oftener than a
/// sensor may without being taken for one that chatters.
final class BenchGym {
  private static final int LIVE = 200;

  private BenchGym() {}

  static FloorPlan plan(GymStream gym) {
    List<Machine> machines = new ArrayList<>();
    gym.ids().forEach(it -> machines.add(machine(it)));
    IntStream.range(0, LIVE).forEach(it -> machines.add(machine(new MachineId(live(it)))));
    return new FloorPlan(
        new Gym(new GymId("riverside"), "Riverside", 0, 0, ZoneId.of("UTC")),
        new GatewayId("riverside-gw"),
        machines);
  }

  /// The machine that has the n-th change.
  static String live(int change) {
    return "bench-live-" + change % LIVE;
  }

  /// What the n-th change tells: each machine is used and left in turn.
  static boolean active(int change) {
    return change / LIVE % 2 == 0;
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

  static String topic(String machine) {
    return "bench/" + machine;
  }
}
