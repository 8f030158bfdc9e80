package io.gympulse.bench.detector;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.day.GymDay;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.sensor.Faults;
import io.gympulse.sim.sensor.Fitting;
import io.gympulse.sim.sensor.Readings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the sensors of some gyms say in the busiest hours of a day, bounces and a stuck, a dead and
/// a chattering sensor per gym included.
final class GymHours {
  /// What GPIO lines repeat each 5 s, whatever they show.
  private static final Duration REPEAT_EVERY = Duration.ofSeconds(5);

  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");
  private static final Seed SEED = new Seed(1);

  private GymHours() {}

  /// A reading, and whose it is.
  record Said(MachineId machine, SensorReading reading) {}

  /// @param repeated whether each sensor also repeats its level each 5 s
  static List<Said> of(List<FloorPlan> plans, Duration length, boolean repeated) {
    List<Said> all = new ArrayList<>();
    for (FloorPlan plan : plans) {
      List<Said> said = said(plan, START.plus(length));
      all.addAll(said);
      if (repeated) {
        all.addAll(repeats(said, START.plus(length)));
      }
    }
    all.sort(Comparator.comparing(it -> it.reading().at()));
    return all;
  }

  private static List<Said> said(FloorPlan plan, Instant end) {
    List<Fitting> fittings = Fitting.allOf(plan);
    GymDay day = new GymDay(plan, SEED, ArrivalCurve.campus().pinnedTo(18), START);
    Readings readings = new Readings(day, fittings, Faults.some(fittings, SEED), SEED, START);
    List<Said> said = new ArrayList<>();
    for (var next = readings.next(); next.at().isBefore(end); next = readings.next()) {
      SensorId sensor = next.fitting().sensor().id();
      said.add(
          new Said(next.fitting().machine(), new SensorReading(sensor, next.active(), next.at())));
    }
    return said;
  }

  private static List<Said> repeats(List<Said> said, Instant end) {
    List<Said> repeats = new ArrayList<>();
    Map<SensorId, Said> last = new HashMap<>();
    Instant round = START.plus(REPEAT_EVERY);
    for (Said it : said) {
      while (!it.reading().at().isBefore(round) && round.isBefore(end)) {
        for (Said level : last.values()) {
          SensorReading reading = level.reading();
          repeats.add(
              new Said(
                  level.machine(), new SensorReading(reading.sensor(), reading.active(), round)));
        }
        round = round.plus(REPEAT_EVERY);
      }
      last.put(it.reading().sensor(), it);
    }
    return repeats;
  }
}
