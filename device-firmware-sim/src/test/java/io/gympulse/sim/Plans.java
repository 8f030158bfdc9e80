package io.gympulse.sim;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Floor plans for tests.
public final class Plans {
  private static final ZoneId ZONE = ZoneId.of("Europe/Zurich");

  private Plans() {}

  /// A gym of treadmills and cable stations, each with one sensor of the same kind.
  public static FloorPlan of(int treadmills, int cables, Behaviour behaviour, long settleMs) {
    List<Machine> machines =
        Stream.concat(
                IntStream.rangeClosed(1, treadmills)
                    .mapToObj(i -> machine("treadmill", i, behaviour, settleMs)),
                IntStream.rangeClosed(1, cables)
                    .mapToObj(i -> machine("cable", i, behaviour, settleMs)))
            .toList();
    Gym gym = new Gym(new GymId("test"), "Test", 47.37, 8.54, ZONE);
    return new FloorPlan(gym, new GatewayId("test-gw"), machines);
  }

  public static FloorPlan shipped(String name) throws FloorPlanException {
    return FloorPlanFile.read(Path.of("..", "floor-plans", name + ".json"));
  }

  private static Machine machine(String category, int number, Behaviour behaviour, long settleMs) {
    String id = category + "-" + number;
    Sensor sensor =
        new Sensor(
            new SensorId(id + "-s"),
            behaviour,
            SourceConfig.Mqtt.of(MqttPreset.JSON, new TopicFilter("gym/" + id), "active", true),
            SensorTiming.NONE
                .withSettle(Duration.ofMillis(settleMs))
                .withVacancyTimeout(Duration.ofSeconds(behaviour == Behaviour.PULSE ? 60 : 0)));
    return new Machine(new MachineId(id), new CategoryId(category), id, number, 1, List.of(sensor));
  }
}
