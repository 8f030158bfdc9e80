package io.gympulse.bench.latency;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SensorTiming;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.process.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A gym with machines that have a level sensor each and change in turn: so many that none
/// changes often enough to count as chattering.
public final class LevelSensorGym {
  public static final int MACHINES = 200;

  private LevelSensorGym() {}

  /// @param lanPort the port of the gym's broker on this machine
  public static EnvironmentConfig config(Path folder, int lanPort, EnvironmentConfig.Timing timing)
      throws IOException {
    return config(folder, lanPort, timing, MACHINES);
  }

  /// The first machines of the gym.
  public static EnvironmentConfig config(
      Path folder, int lanPort, EnvironmentConfig.Timing timing, int machines) throws IOException {
    Path floorPlan =
        Files.writeString(folder.resolve("bench.json"), FloorPlanFile.write(gym(machines)));
    return new EnvironmentConfig(
        Launcher.current(),
        folder,
        List.of(floorPlan),
        0,
        Optional.empty(),
        timing,
        new EnvironmentConfig.SensorInput.External(lanPort),
        false,
        Optional.empty());
  }

  private static FloorPlan gym(int machines) {
    return new FloorPlan(
        new Gym(new GymId("bench"), "Bench", 0, 0, ZoneId.of("UTC")),
        new GatewayId("bench-gw"),
        machines().subList(0, machines));
  }

  public static List<Machine> machines() {
    return IntStream.range(0, MACHINES).mapToObj(LevelSensorGym::machine).toList();
  }

  private static Machine machine(int number) {
    return machine(new MachineId(id(number)), "Bench machine " + number, topic(number));
  }

  /// A machine with one level sensor.
  ///
  /// @param topic where its sensor reports on the gym's broker
  public static Machine machine(MachineId id, String name, String topic) {
    Sensor sensor =
        new Sensor(
            new SensorId(id + "-sensor"),
            Behaviour.LEVEL,
            SourceConfig.Mqtt.of(MqttPreset.JSON, new TopicFilter(topic), "active", true),
            SensorTiming.NONE);
    return new Machine(id, new CategoryId("bench"), name, 0, 0, List.of(sensor));
  }

  public static String id(int machine) {
    return "bench-machine-" + machine;
  }

  public static String topic(int machine) {
    return "bench/machine-" + machine;
  }

  /// The index of the machine that changes at the n-th change.
  public static int machineOf(int change) {
    return change % MACHINES;
  }

  /// Whether the n-th change is to occupied: each machine is occupied and freed alternately.
  public static boolean active(int change) {
    return change / MACHINES % 2 == 0;
  }
}
