package io.gympulse.sim.sensor;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.sim.day.MachineUse;
import io.gympulse.sim.day.MachineUse.Effort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A reed contact that a magnet passes at each turn. It is closed for a part of the turn, and where
/// the wheel stops there it stays closed.
///
/// @param slowest turns a minute that a visitor keeps up
/// @param fastest turns a minute that a visitor keeps up
/// @param spinDown seconds in which the speed halves once nobody drives it
record RotationContact(double slowest, double fastest, double spinDown) implements SimulatedSensor {
  private static final double CLOSED_PART = 0.15;

  /// Below this speed, in turns a minute, friction stops the wheel within the turn.
  private static final double STALL = 15;

  private static final double WAVE_SECONDS = 120;
  private static final double WAVE = 0.15;
  private static final double JITTER = 0.04;

  /// The contact at a rower's flywheel, or at the pedals of any other machine.
  static RotationContact on(CategoryId category) {
    return category.value().equals("rower")
        ? new RotationContact(200, 360, 4)
        : new RotationContact(55, 110, 0.7);
  }

  @Override
  public List<Report> reports(MachineUse use, RandomGenerator random) {
    double usual = slowest + (fastest - slowest) * random.nextDouble();
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < use.efforts().size(); i++) {
      Effort effort = use.efforts().get(i);
      Instant next = i + 1 < use.efforts().size() ? use.efforts().get(i + 1).from() : Instant.MAX;
      turn(reports, effort, next, usual, random);
    }
    return reports;
  }

  private void turn(
      List<Report> reports, Effort effort, Instant next, double usual, RandomGenerator random) {
    double at = random.nextDouble() * 60 / usual;
    double length = seconds(effort);
    while (true) {
      double speed = speed(at, length, usual) * (1 + JITTER * random.nextGaussian());
      Instant closes = effort.from().plusMillis(Math.round(at * 1_000));
      if (speed < STALL || !closes.isBefore(next)) {
        return;
      }
      reports.add(new Report(closes, true));
      double turn = 60 / speed;
      if (speed(at + turn, length, usual) < STALL && random.nextDouble() < CLOSED_PART) {
        return;
      }
      reports.add(new Report(closes.plusMillis(Math.round(turn * CLOSED_PART * 1_000)), false));
      at += turn;
    }
  }

  /// Turns a minute at a time in seconds since the effort began: the visitor's, in slow waves, and
  /// after the effort those of a wheel that nobody drives.
  private double speed(double at, double length, double usual) {
    double driven =
        usual * (1 + WAVE * Math.sin(2 * Math.PI * Math.min(at, length) / WAVE_SECONDS));
    return at <= length ? driven : driven * Math.pow(0.5, (at - length) / spinDown);
  }

  private static double seconds(Effort effort) {
    return (effort.to().toEpochMilli() - effort.from().toEpochMilli()) / 1_000.0;
  }
}
