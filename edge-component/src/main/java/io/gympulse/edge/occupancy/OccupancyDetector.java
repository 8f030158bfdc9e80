package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/// Tells one machine's status from its sensors: occupied if any sensor says so, else unknown if any
/// sensor is unknown, else free. Pure and immutable; time comes in with each step.
///
/// Transitions are back-dated to when a level really changed, but never before the last one, so
/// they come in non-decreasing order of time. [#coveredTo] says up to when nothing will be
/// back-dated any more. When several sensors disagree about a short absence, it counts as occupied.
public final class OccupancyDetector {
  private final MachineId machine;
  private final List<SensorModel> models;

  /// @param stuckAfter how long a sensor may stay active until it is not believed any more
  public OccupancyDetector(Machine machine, Duration stuckAfter) {
    if (machine.sensors().isEmpty()) {
      throw new IllegalArgumentException("machine '%s' has no sensor".formatted(machine.id()));
    }
    this.machine = machine.id();
    this.models = machine.sensors().stream().map(it -> new SensorModel(it, stuckAfter)).toList();
  }

  public MachineId machine() {
    return machine;
  }

  public List<SensorId> sensors() {
    return models.stream().map(it -> it.sensor().id()).toList();
  }

  /// @param start what is published already; as it is unknown, so are all sensors
  public OccupancyState initial(MachineState start) {
    UnknownReason reason =
        start.reason().orElseThrow(() -> new IllegalArgumentException(start + " is not unknown"));
    return new OccupancyState(
        start, models.stream().map(_ -> SensorState.unread(reason, start.since())).toList());
  }

  /// @param now when the step is taken; a reading may be earlier, not later
  public Step step(OccupancyState state, DetectorInput input, Instant now) {
    List<MachineState> transitions = new ArrayList<>();
    OccupancyState next =
        switch (input) {
          case DetectorInput.Tick _ -> state;
          case DetectorInput.Reading it -> {
            Instant at = it.reading().at();
            yield changed(
                advanced(state, at, transitions),
                it.reading().sensor()::equals,
                (model, sensor) -> model.read(sensor, it.reading().active(), notBefore(sensor, at)),
                transitions);
          }
          case DetectorInput.SourceDown down ->
              changed(
                  advanced(state, now, transitions),
                  down.sensors()::contains,
                  (model, sensor) -> model.cutOff(sensor, notBefore(sensor, now)),
                  transitions);
        };
    return new Step(advanced(next, now, transitions), transitions);
  }

  /// When a tick will next change anything.
  public Optional<Instant> nextTick(OccupancyState state) {
    Optional<Instant> next = Optional.empty();
    for (int i = 0; i < models.size(); i++) {
      Optional<Instant> due = models.get(i).due(state.sensors().get(i));
      if (due.isPresent() && (next.isEmpty() || due.get().isBefore(next.get()))) {
        next = due;
      }
    }
    return next;
  }

  /// The latest moment up to which no transition will be added any more, provided no reading from
  /// before `now` is still on its way.
  public Instant coveredTo(OccupancyState state, Instant now) {
    Instant covered = now;
    for (SensorState sensor : state.sensors()) {
      if (sensor.pending().isPresent() && sensor.pending().get().since().isBefore(covered)) {
        covered = sensor.pending().get().since();
      }
    }
    return covered;
  }

  /// Lets time pass moment by moment, so that how often ticks come changes nothing.
  private OccupancyState advanced(
      OccupancyState state, Instant now, List<MachineState> transitions) {
    OccupancyState current = state;
    Optional<Instant> due = nextTick(current);
    while (due.isPresent() && !due.get().isAfter(now)) {
      Instant moment = due.get();
      current = changed(current, _ -> true, (model, it) -> model.advance(it, moment), transitions);
      due = nextTick(current);
    }
    return current;
  }

  private OccupancyState changed(
      OccupancyState state,
      Predicate<SensorId> which,
      BiFunction<SensorModel, SensorState, SensorState> change,
      List<MachineState> transitions) {
    List<SensorState> changed = new ArrayList<>(models.size());
    for (int i = 0; i < models.size(); i++) {
      SensorModel model = models.get(i);
      SensorState sensor = state.sensors().get(i);
      changed.add(which.test(model.sensor().id()) ? change.apply(model, sensor) : sensor);
    }
    Belief whole = combined(changed);
    MachineState last = state.published();
    if (whole.status() == last.status() && whole.reason().equals(last.reason())) {
      return new OccupancyState(last, changed);
    }
    Instant at = whole.since().isBefore(last.since()) ? last.since() : whole.since();
    MachineState published = new MachineState(machine, whole.status(), at, whole.reason());
    transitions.add(published);
    return new OccupancyState(published, changed);
  }

  private static Belief combined(List<SensorState> sensors) {
    Comparator<Belief> earliest = Comparator.comparing(Belief::since);
    List<Belief> beliefs = sensors.stream().map(SensorState::belief).toList();
    Optional<Belief> occupied =
        beliefs.stream().filter(it -> it.status() == MachineStatus.OCCUPIED).min(earliest);
    if (occupied.isPresent()) {
      return occupied.get();
    }
    Instant since = beliefs.stream().max(earliest).orElseThrow().since();
    return beliefs.stream()
        .filter(it -> it.status() == MachineStatus.UNKNOWN)
        .min(earliest)
        .map(it -> new Belief(MachineStatus.UNKNOWN, it.reason(), since))
        .orElse(Belief.of(MachineStatus.FREE, since));
  }

  private static Instant notBefore(SensorState sensor, Instant at) {
    Instant last = sensor.changedAt();
    if (last.isBefore(sensor.belief().since())) {
      last = sensor.belief().since();
    }
    return at.isBefore(last) ? last : at;
  }
}
