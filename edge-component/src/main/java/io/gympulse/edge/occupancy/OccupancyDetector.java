package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells one machine's status from its sensors, as its floor plan says: see [FusionRule] for
/// several of them, [LevelModel] and [PulseModel] for each. Pure and immutable; time comes in with
/// each input, in whole milliseconds.
///
/// Transitions are back-dated to when a level really changed, but never before the last one, so
/// they come in non-decreasing order of time. [#coveredTo] says up to when nothing will be
/// back-dated any more. When several sensors disagree about a short absence, it counts as none.
public final class OccupancyDetector {
  private final MachineId machine;
  private final FusionRule fusion;
  private final SensorModel[] models;

  /// @param stuckAfter how long a sensor may stay active, whatever was usual, until it is not
  ///     believed any more
  public OccupancyDetector(Machine machine, Duration stuckAfter) {
    if (machine.sensors().isEmpty()) {
      throw new IllegalArgumentException("machine '%s' has no sensor".formatted(machine.id()));
    }
    this.machine = machine.id();
    this.fusion = FusionRule.of(machine.fusion(), machine.sensors().size());
    this.models =
        machine.sensors().stream()
            .map(it -> SensorModel.of(it, stuckAfter))
            .toArray(SensorModel[]::new);
  }

  public MachineId machine() {
    return machine;
  }

  public List<SensorId> sensors() {
    return Arrays.stream(models).map(it -> it.sensor().id()).toList();
  }

  /// A state without any history of dwells; see [#initial(MachineState, DwellHistories)].
  public OccupancyState initial(MachineState start) {
    return initial(start, DwellHistories.NONE);
  }

  /// @param start what is published already; as it is unknown, so are all sensors
  /// @param histories how long occupancies lasted before
  public OccupancyState initial(MachineState start, DwellHistories histories) {
    UnknownReason reason =
        start.reason().orElseThrow(() -> new IllegalArgumentException(start + " is not unknown"));
    long since = start.since().toEpochMilli();
    return state(
        start,
        Arrays.stream(models)
            .map(it -> it.unread(Belief.unknown(reason), since, histories.of(it.sensor().id())))
            .toList());
  }

  /// Inputs come in the order of their times; one that is older than what is already decided is
  /// taken as if it came with that. An input about another machine's sensor changes nothing.
  public Step step(OccupancyState state, DetectorInput input) {
    long at = input.at().toEpochMilli();
    // Most inputs change nothing, and a type test is several times faster than a pattern switch.
    if (input instanceof DetectorInput.OfSensor it) {
      int index = indexOf(it.sensor());
      return index < 0 ? Step.unchanged(state) : step(state, index, it, at);
    }
    if (at < state.due()) {
      return Step.unchanged(state);
    }
    Progress progress = new Progress(state);
    progress.passTo(at);
    return progress.step();
  }

  private Step step(OccupancyState state, int index, DetectorInput.OfSensor input, long at) {
    SensorModel model = models[index];
    if (at < state.due()
        && input instanceof DetectorInput.Reading it
        && !model.isNews(state.sensors().get(index), it.reading().active(), at)) {
      return Step.unchanged(state);
    }
    Progress progress = new Progress(state);
    progress.passTo(at);
    progress.replace(index, told(model, progress.sensor(index), input, at));
    progress.passTo(at);
    return progress.step();
  }

  private static SensorState told(
      SensorModel model, SensorState sensor, DetectorInput.OfSensor input, long at) {
    return switch (input) {
      case DetectorInput.Reading it ->
          model.isNews(sensor, it.reading().active(), at)
              ? model.read(sensor, it.reading().active(), at)
              : sensor;
      case DetectorInput.SourceUp _ -> model.sourceUp(sensor, at);
      case DetectorInput.SourceDown _ -> model.sourceDown(sensor, at);
      case DetectorInput.Away _ -> model.away(sensor, at);
      case DetectorInput.Flooded _ -> model.flooded(sensor, at);
    };
  }

  private int indexOf(SensorId sensor) {
    for (int i = 0; i < models.length; i++) {
      if (models[i].sensor().id().value().equals(sensor.value())) {
        return i;
      }
    }
    return -1;
  }

  /// When a tick will next change anything.
  public Optional<Instant> nextTick(OccupancyState state) {
    return state.due() == SensorState.NEVER
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(state.due()));
  }

  /// The latest moment up to which no transition will be added any more, provided that time has
  /// come to `now` and no input from before is still on its way.
  public Instant coveredTo(OccupancyState state, Instant now) {
    return state.openSince() < now.toEpochMilli() ? Instant.ofEpochMilli(state.openSince()) : now;
  }

  /// How each sensor is judged.
  public List<SensorHealth> health(OccupancyState state) {
    List<SensorHealth> health = new ArrayList<>(models.length);
    for (int i = 0; i < models.length; i++) {
      SensorState sensor = state.sensors().get(i);
      health.add(
          new SensorHealth(
              models[i].sensor().id(),
              sensor.belief().verdict(),
              Instant.ofEpochMilli(sensor.judgedSince())));
    }
    return List.copyOf(health);
  }

  /// How long the occupancies that each sensor saw have lasted.
  DwellHistories histories(OccupancyState state) {
    Map<SensorId, DwellHistory> bySensor = new HashMap<>();
    for (int i = 0; i < models.length; i++) {
      bySensor.put(models[i].sensor().id(), state.sensors().get(i).history());
    }
    return DwellHistories.of(bySensor);
  }

  OccupancyState state(MachineState published, List<SensorState> sensors) {
    long due = SensorState.NEVER;
    long openSince = SensorState.NEVER;
    for (int i = 0; i < models.length; i++) {
      SensorState sensor = sensors.get(i);
      due = Math.min(due, models[i].due(sensor));
      openSince = Math.min(openSince, models[i].openSince(sensor));
    }
    return new OccupancyState(published, sensors, due, openSince);
  }

  /// How far one step has come.
  private final class Progress {
    private OccupancyState state;
    private List<MachineState> transitions = List.of();

    Progress(OccupancyState state) {
      this.state = state;
    }

    SensorState sensor(int index) {
      return state.sensors().get(index);
    }

    /// Lets time pass deadline by deadline, so that how often ticks come changes nothing.
    void passTo(long at) {
      while (state.due() <= at) {
        int first = 0;
        while (models[first].due(sensor(first)) != state.due()) {
          first++;
        }
        replace(first, models[first].advance(sensor(first)));
      }
    }

    void replace(int index, SensorState changed) {
      SensorState before = sensor(index);
      List<SensorState> sensors = List.of(changed);
      if (models.length > 1) {
        SensorState[] all = state.sensors().toArray(SensorState[]::new);
        all[index] = changed;
        sensors = List.of(all);
      }
      boolean same = changed.belief() == before.belief() && changed.since() == before.since();
      state = state(same ? state.published() : published(sensors), sensors);
    }

    private MachineState published(List<SensorState> sensors) {
      FusionRule.Verdict verdict = fusion.verdict(sensors);
      MachineState last = state.published();
      if (verdict.status() == last.status() && verdict.reason().equals(last.reason())) {
        return last;
      }
      Instant at = Instant.ofEpochMilli(verdict.since());
      Instant since = at.isBefore(last.since()) ? last.since() : at;
      MachineState next = new MachineState(machine, verdict.status(), since, verdict.reason());
      if (transitions.isEmpty()) {
        transitions = new ArrayList<>(2);
      }
      transitions.add(next);
      return next;
    }

    Step step() {
      return new Step(state, transitions);
    }
  }
}
