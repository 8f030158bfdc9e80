package io.gympulse.sim.sensor;

import io.gympulse.contract.id.SensorId;
import io.gympulse.sim.day.MachineUse;
import io.gympulse.sim.day.MachineUse.Effort;
import io.gympulse.sim.day.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// A plug that meters the machine's motor: little in standby, much and varying while it runs. It
/// reports each [#INTERVAL], and each start and stop within about a second.
///
/// @param standby watts
record PowerPlug(double standby) implements SimulatedSensor {
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final double LEAST_WATTS = 80;
  private static final double MOST_WATTS = 1_500;
  private static final long MIN_DELAY_MILLIS = 200;
  private static final long MAX_DELAY_MILLIS = 1_200;
  private static final double VARIATION = 0.3;

  /// What a sensor's machine draws while nobody uses it, 2 to 8 W.
  static double standby(SensorId sensor) {
    return 2 + 6 * new Seed(0).split(sensor.value()).random().nextDouble();
  }

  @Override
  public List<Report> reports(MachineUse use, RandomGenerator random) {
    double usual = 150 + 700 * random.nextDouble();
    List<Report> reports = new ArrayList<>();
    for (Effort effort : use.efforts()) {
      Instant at = effort.from().plusMillis(delay(random));
      while (at.isBefore(effort.to())) {
        double watts = usual * Math.exp(VARIATION * random.nextGaussian());
        reports.add(report(at, true, Math.clamp(watts, LEAST_WATTS, MOST_WATTS)));
        at = at.plus(INTERVAL);
      }
      reports.add(report(effort.to().plusMillis(delay(random)), false, standby));
    }
    return reports;
  }

  private static Report report(Instant at, boolean active, double watts) {
    return new Report(at, active, OptionalDouble.of(tenths(watts)));
  }

  private static long delay(RandomGenerator random) {
    return random.nextLong(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS);
  }

  /// The last measurement, slightly changed, as a plug repeats it.
  static double repeated(double watts, RandomGenerator random) {
    return tenths(watts * (1 + 0.02 * random.nextGaussian()));
  }

  private static double tenths(double watts) {
    return Math.round(watts * 10) / 10.0;
  }
}
