package io.gympulse.bench.sensing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.occupancy.OccupancyDetector;
import io.gympulse.edge.occupancy.OccupancyState;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.mqtt.MessageRouter;
import io.gympulse.sim.format.DeviceMessages.Publication;
import io.gympulse.system.sensing.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A gateway without broker, outbox and threads: the reading of messages and the detectors, at
/// times that the caller sets. As in the gateway, time passes at least once a second, and a reading
/// that arrives late is dated to the watermark. Not thread-safe.
final class VirtualGateway {
  private static final Duration STUCK_AFTER = Duration.ofHours(6);

  private final MessageRouter router;
  private final List<MonitoredMachine> machines = new ArrayList<>();
  private final Map<SensorId, MonitoredMachine> bySensor = new HashMap<>();
  private Instant now;
  private Instant watermark;

  private static final class MonitoredMachine {
    private final OccupancyDetector detector;
    private final Timeline seen = new Timeline();
    private OccupancyState state;

    MonitoredMachine(OccupancyDetector detector, OccupancyState state) {
      this.detector = detector;
      this.state = state;
    }

    void apply(OccupancyDetector.Step step) {
      state = step.state();
      for (MachineState it : step.transitions()) {
        seen.change(it.since(), it.status().wireName());
      }
    }
  }

  /// @param start the time at which its source begins to deliver
  VirtualGateway(FloorPlan plan, Instant start) {
    this.now = start;
    this.watermark = start;
    this.router =
        new MessageRouter(
            plan.machines().stream().flatMap(it -> it.sensors().stream()).toList(),
            () -> now,
            Optional::of);
    for (Machine machine : plan.machines()) {
      if (!machine.sensors().isEmpty()) {
        OccupancyDetector detector = new OccupancyDetector(machine, STUCK_AFTER);
        MachineState unknown =
            new MachineState(
                machine.id(), MachineStatus.UNKNOWN, start, Optional.of(UnknownReason.NO_READING));
        MonitoredMachine added = new MonitoredMachine(detector, detector.initial(unknown));
        machines.add(added);
        detector.sensors().forEach(it -> bySensor.put(it, added));
      }
    }
    bySensor.keySet().forEach(it -> process(new SensorInput.SourceUp(it, start)));
  }

  /// Receives a message.
  ///
  /// @param at not before that of an earlier call
  void receive(Publication message, Instant at) {
    advanceTo(at.truncatedTo(ChronoUnit.SECONDS));
    advanceTo(at);
    router.received(message.topic(), message.payload().getBytes(UTF_8), false, this::process);
  }

  /// Lets time pass; has no effect if the time is not after the present one.
  void advanceTo(Instant at) {
    if (at.isAfter(now)) {
      now = at;
      machines.forEach(it -> it.apply(it.detector.tick(it.state, at)));
      raiseWatermark();
    }
  }

  private void raiseWatermark() {
    Instant lowest = now;
    for (MonitoredMachine it : machines) {
      Instant each = it.detector.watermark(it.state, now);
      lowest = each.isBefore(lowest) ? each : lowest;
    }
    watermark = lowest.isAfter(watermark) ? lowest : watermark;
  }

  private void process(SensorInput input) {
    MonitoredMachine machine = bySensor.get(input.sensor());
    if (machine == null) {
      return;
    }
    Instant at = input.at().isBefore(watermark) ? watermark : input.at();
    machine.apply(machine.detector.step(machine.state, input.withTime(at)));
  }

  /// What was concluded about each machine so far, by its id.
  Map<String, Timeline> seen() {
    Map<String, Timeline> seen = new HashMap<>();
    machines.forEach(it -> seen.put(it.detector.machine().value(), it.seen));
    return seen;
  }
}
