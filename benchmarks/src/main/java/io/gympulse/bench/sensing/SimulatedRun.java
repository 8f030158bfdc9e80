package io.gympulse.bench.sensing;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.MachineId;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.day.GroundTruth;
import io.gympulse.sim.day.GymDay;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.format.DeviceMessages;
import io.gympulse.sim.sensor.DeliveryFaults;
import io.gympulse.sim.sensor.MountedSensor;
import io.gympulse.sim.sensor.SensorFaults;
import io.gympulse.sim.sensor.SimulatedReadings;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import io.gympulse.system.sensing.GymTruth;
import io.gympulse.system.sensing.SensingAccuracy;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/// Some days of a gym: its visitors, its sensors' messages, and what a gateway concludes from them.
///
/// @param messages how many were received
record SimulatedRun(long messages, SensingAccuracy accuracy) {
  static final SimulatedRun NONE = new SimulatedRun(0, SensingAccuracy.NONE);

  /// Time for the last decisions before the end, longer than any timeout.
  private static final Duration AFTERWARDS = Duration.ofHours(1);

  static SimulatedRun of(
      FloorPlan plan,
      ArrivalCurve curve,
      long seed,
      Instant start,
      Duration length,
      DeliveryFaults faults) {
    Seed ofRun = new Seed(seed);
    Instant end = start.plus(length);
    Instant stop = end.plus(AFTERWARDS);
    VirtualGateway gateway = new VirtualGateway(plan, start);
    List<MountedSensor> sensors = MountedSensor.allOf(plan);
    DeviceMessages.online(sensors).forEach(it -> gateway.receive(it, start));
    Iterator<SimulatedReading> readings =
        faults.applyTo(
            new SimulatedReadings(
                day(plan, curve, ofRun, start), sensors, SensorFaults.none(), ofRun, start),
            ofRun);
    long messages = 0;
    for (SimulatedReading it = readings.next(); it.at().isBefore(stop); it = readings.next()) {
      Instant at = it.at();
      DeviceMessages.all(it).forEach(message -> gateway.receive(message, at));
      messages++;
    }
    gateway.advanceTo(stop);
    return new SimulatedRun(
        messages,
        SensingAccuracy.of(
            plan, truth(plan, curve, ofRun, start, end), gateway.seen(), start, end));
  }

  SimulatedRun plus(SimulatedRun other) {
    return new SimulatedRun(messages + other.messages, accuracy.plus(other.accuracy));
  }

  private static GymDay day(FloorPlan plan, ArrivalCurve curve, Seed seed, Instant start) {
    return new GymDay(plan, seed, curve, start);
  }

  private static GymTruth truth(
      FloorPlan plan, ArrivalCurve curve, Seed seed, Instant start, Instant end) {
    List<MachineId> machines = plan.machines().stream().map(Machine::id).toList();
    GroundTruth transitions = new GroundTruth(day(plan, curve, seed, start), machines, start);
    GymTruth truth = new GymTruth();
    for (var it = transitions.next(); it.at().isBefore(end); it = transitions.next()) {
      switch (it.fact()) {
        case OCCUPIED -> truth.use(it.machine().value(), it.at(), it.holds());
        case MOVED -> truth.movement(it.machine().value(), it.at(), it.holds());
      }
    }
    return truth;
  }
}
