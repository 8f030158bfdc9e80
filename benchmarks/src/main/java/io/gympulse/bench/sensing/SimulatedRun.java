package io.gympulse.bench.sensing;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.id.MachineId;
import io.gympulse.sim.day.ArrivalCurve;
import io.gympulse.sim.day.GroundTruth;
import io.gympulse.sim.day.GymDay;
import io.gympulse.sim.day.MachineUse;
import io.gympulse.sim.day.Seed;
import io.gympulse.sim.format.DeviceMessages;
import io.gympulse.sim.sensor.DeliveryFaults;
import io.gympulse.sim.sensor.MountedSensor;
import io.gympulse.sim.sensor.SensorFaults;
import io.gympulse.sim.sensor.SimulatedReadings;
import io.gympulse.sim.sensor.SimulatedReadings.SimulatedReading;
import io.gympulse.system.sensing.SensingAccuracy;
import io.gympulse.system.sensing.Timeline;
import io.gympulse.system.sensing.Timeline.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Some days of a gym: its visitors, its sensors' messages, and what a gateway concludes from them.
///
/// @param messages how many were received
/// @param byUse compared with when machines were in use
/// @param byMovement compared with when machines were moved, from the first effort of each use to
///     its last: what a sensor that detects only movement can know at best
record SimulatedRun(
    long messages, Map<Behaviour, Comparison> byUse, Map<Behaviour, Comparison> byMovement) {
  static final SimulatedRun NONE = new SimulatedRun(0, Map.of(), Map.of());

  /// Time for the last decisions before the end, longer than any timeout.
  private static final Duration AFTERWARDS = Duration.ofHours(1);

  static SimulatedRun of(
      FloorPlan plan, long seed, Instant start, Duration length, DeliveryFaults faults) {
    Seed ofRun = new Seed(seed);
    Instant end = start.plus(length);
    Instant stop = end.plus(AFTERWARDS);
    VirtualGateway gateway = new VirtualGateway(plan, start);
    List<MountedSensor> sensors = MountedSensor.allOf(plan);
    DeviceMessages.online(sensors).forEach(it -> gateway.receive(it, start));
    Iterator<SimulatedReading> readings =
        faults.applyTo(
            new SimulatedReadings(
                day(plan, ofRun, start), sensors, SensorFaults.none(), ofRun, start),
            ofRun);
    long messages = 0;
    for (SimulatedReading it = readings.next(); it.at().isBefore(stop); it = readings.next()) {
      Instant at = it.at();
      DeviceMessages.all(it).forEach(message -> gateway.receive(message, at));
      messages++;
    }
    gateway.advanceTo(stop);
    Map<String, Timeline> seen = gateway.seen();
    return new SimulatedRun(
        messages,
        SensingAccuracy.compare(plan, uses(plan, ofRun, start, end), seen, start, end),
        SensingAccuracy.compare(plan, movements(plan, ofRun, start, end), seen, start, end));
  }

  SimulatedRun plus(SimulatedRun other) {
    return new SimulatedRun(
        messages + other.messages,
        SensingAccuracy.sum(byUse, other.byUse),
        SensingAccuracy.sum(byMovement, other.byMovement));
  }

  private static GymDay day(FloorPlan plan, Seed seed, Instant start) {
    return new GymDay(plan, seed, ArrivalCurve.campus(), start);
  }

  private static Map<String, Timeline> uses(FloorPlan plan, Seed seed, Instant start, Instant end) {
    List<MachineId> machines = plan.machines().stream().map(Machine::id).toList();
    GroundTruth truth = new GroundTruth(day(plan, seed, start), machines, start);
    Map<String, Timeline> uses = new HashMap<>();
    for (var it = truth.next(); it.at().isBefore(end); it = truth.next()) {
      timeline(uses, it.machine()).change(it.at(), it.occupied() ? "occupied" : "free");
    }
    return uses;
  }

  private static Map<String, Timeline> movements(
      FloorPlan plan, Seed seed, Instant start, Instant end) {
    Map<String, Timeline> movements = new HashMap<>();
    plan.machines().forEach(it -> timeline(movements, it.id()).change(start, "free"));
    GymDay day = day(plan, seed, start);
    for (MachineUse use = day.next(); use.from().isBefore(end); use = day.next()) {
      Timeline ofMachine = timeline(movements, use.machine());
      Instant last = use.efforts().getLast().to();
      if (last.isAfter(start)) {
        Instant first = use.efforts().getFirst().from();
        ofMachine.change(first.isBefore(start) ? start : first, "occupied");
        ofMachine.change(last, "free");
      }
    }
    return movements;
  }

  private static Timeline timeline(Map<String, Timeline> byMachine, MachineId machine) {
    return byMachine.computeIfAbsent(machine.value(), _ -> new Timeline());
  }
}
