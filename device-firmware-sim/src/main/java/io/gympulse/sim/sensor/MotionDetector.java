package io.gympulse.sim.sensor;

import io.gympulse.sim.day.MachineUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A passive infrared sensor that is aimed at its machine. It detects each movement of the visitor,
/// who moves without a break during an effort and now and then at rest, and nobody else.
sealed interface MotionDetector extends SimulatedSensor {
  long SHORTEST_PAUSE_MILLIS = 300;
  long LONGEST_PAUSE_IN_EFFORT_MILLIS = 1_500;
  long LONGEST_PAUSE_AT_REST_MILLIS = 25_000;

  /// When the visitor moves: from getting on the machine to getting off it.
  static List<Instant> movements(MachineUse use, RandomGenerator random) {
    List<Instant> movements = new ArrayList<>();
    Instant at = use.from();
    while (at.isBefore(use.to())) {
      movements.add(at);
      Instant now = at;
      boolean effort =
          use.efforts().stream().anyMatch(it -> !now.isBefore(it.from()) && now.isBefore(it.to()));
      at =
          at.plusMillis(
              random.nextLong(
                  SHORTEST_PAUSE_MILLIS,
                  effort ? LONGEST_PAUSE_IN_EFFORT_MILLIS : LONGEST_PAUSE_AT_REST_MILLIS));
    }
    Instant getsOff = use.to().minusMillis(1);
    if (movements.getLast().isBefore(getsOff)) {
      movements.add(getsOff);
    }
    return movements;
  }

  /// A bare HC-SR501 at its shortest time: on at a movement, off after a fixed time, and blind for
  /// about as long again. While somebody trains it changes about each 3.2 s.
  ///
  /// @param on how long its output is active
  /// @param blind how long it then detects nothing
  record Raw(Duration on, Duration blind) implements MotionDetector {
    static Raw device(RandomGenerator random) {
      return new Raw(
          Duration.ofMillis(random.nextLong(2_900, 3_500)),
          Duration.ofMillis(random.nextLong(2_500, 3_000)));
    }

    @Override
    public List<Report> reports(MachineUse use, RandomGenerator random) {
      List<Report> reports = new ArrayList<>();
      Instant sees = Instant.MIN;
      for (Instant movement : movements(use, random)) {
        if (!movement.isBefore(sees)) {
          Instant off = movement.plus(on);
          reports.add(new Report(movement, true));
          reports.add(new Report(off, false));
          sees = off.plus(blind);
        }
      }
      return reports;
    }
  }

  /// A battery-powered Zigbee sensor: reports motion at the first movement, and its end a
  /// fixed time after the last one. Some repeat that there is motion each minute, others do not.
  ///
  /// @param hold how long after the last movement it reports the end
  record Reporting(Duration hold, Optional<Duration> repeat) implements MotionDetector {
    private static final Duration REPEAT = Duration.ofSeconds(60);

    /// @param known the hold that the floor plan gives, which the device keeps within two seconds;
    ///     zero if it gives none: then 60 to 90 s
    static Reporting device(Duration known, RandomGenerator random) {
      long drawn = random.nextLong(60_000, 90_001);
      long deviation = random.nextLong(-2_000, 2_001);
      return new Reporting(
          Duration.ofMillis(known.isZero() ? drawn : known.toMillis() + deviation),
          random.nextBoolean() ? Optional.of(REPEAT) : Optional.empty());
    }

    @Override
    public boolean repeatsActive() {
      return repeat.isPresent();
    }

    @Override
    public List<Report> reports(MachineUse use, RandomGenerator random) {
      return ShockDetector.held(movements(use, random), hold, repeat);
    }
  }
}
