package io.gympulse.bench.detector;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.day.GymDay;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.sensor.MountedSensor;
import io.gympulse.sim.sensor.SensorFaults;
import io.gympulse.sim.sensor.SimulatedReadings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The simulated sensors' readings of some gyms in the busiest hours of a day, with contact
/// bounce and a stuck, a dead and a chattering sensor per gym.
final class SensorReadings {
  /// The interval at which GPIO sources repeat a line's level.
  private static final Duration REPEAT_EVERY = Duration.ofSeconds(5);

  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");
  private static final Seed SEED = new Seed(1);

  private SensorReadings() {}

  record MachineReading(MachineId machine, SensorInput.Reading reading) {}

  /// @param repeated whether each sensor also repeats its level every 5 s
  static List<MachineReading> of(List<FloorPlan> plans, Duration length, boolean repeated) {
    List<MachineReading> all = new ArrayList<>();
    for (FloorPlan plan : plans) {
      List<MachineReading> readings = readings(plan, START.plus(length));
      all.addAll(readings);
      if (repeated) {
        all.addAll(repeats(readings, START.plus(length)));
      }
    }
    all.sort(Comparator.comparing(it -> it.reading().at()));
    return all;
  }

  private static List<MachineReading> readings(FloorPlan plan, Instant end) {
    List<MountedSensor> fittings = MountedSensor.allOf(plan);
    GymDay day = new GymDay(plan, SEED, ArrivalCurve.campus().pinnedTo(18), START);
    SimulatedReadings simulated =
        new SimulatedReadings(day, fittings, SensorFaults.some(fittings, SEED), SEED, START);
    List<MachineReading> readings = new ArrayList<>();
    for (var next = simulated.next(); next.at().isBefore(end); next = simulated.next()) {
      SensorId sensor = next.sensor().sensor().id();
      readings.add(
          new MachineReading(
              next.sensor().machine(), new SensorInput.Reading(sensor, next.active(), next.at())));
    }
    return readings;
  }

  private static List<MachineReading> repeats(List<MachineReading> readings, Instant end) {
    List<MachineReading> repeats = new ArrayList<>();
    Map<SensorId, MachineReading> last = new HashMap<>();
    Instant round = START.plus(REPEAT_EVERY);
    for (MachineReading it : readings) {
      while (!it.reading().at().isBefore(round) && round.isBefore(end)) {
        for (MachineReading level : last.values()) {
          SensorInput.Reading reading = level.reading();
          repeats.add(
              new MachineReading(
                  level.machine(),
                  new SensorInput.Reading(reading.sensor(), reading.active(), round)));
        }
        round = round.plus(REPEAT_EVERY);
      }
      last.put(it.reading().sensor(), it);
    }
    return repeats;
  }
}
