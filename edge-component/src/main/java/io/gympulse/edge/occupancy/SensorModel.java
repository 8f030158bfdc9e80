package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.edge.occupancy.SensorState.Level;
import io.gympulse.edge.occupancy.SensorState.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How one sensor's readings become a belief. Pure and immutable.
///
/// A *level* sensor is believed when its level has held for the settle time, back-dated to the
/// first edge of the bounce. A *pulse* sensor is believed at once when it pulses; it is free once
/// the vacancy timeout has passed without activity, back-dated to the end of the last activity.
/// Either is stuck when it stays active for longer than the cap, until it says otherwise.
record SensorModel(Sensor sensor, Duration stuckAfter) {

  /// Whether an active reading means "active until told otherwise".
  private boolean holds(SensorState state) {
    return sensor.behaviour() == SensorBehaviour.LEVEL || state.reportsEnd();
  }

  /// When [#advance] will next change anything.
  Optional<Instant> due(SensorState state) {
    Optional<Instant> settled = state.pending().map(Pending::due);
    return settled.isPresent() ? settled : stuckAt(state);
  }

  private Optional<Instant> stuckAt(SensorState state) {
    return state.level() == Level.ACTIVE
            && holds(state)
            && state.belief().status() != MachineStatus.UNKNOWN
        ? Optional.of(state.changedAt().plus(stuckAfter))
        : Optional.empty();
  }

  /// The state at `now` if no further reading came before.
  SensorState advance(SensorState state, Instant now) {
    SensorState settled = settled(state, now);
    return stuckAt(settled)
        .filter(it -> !now.isBefore(it))
        .map(it -> settled.believing(Belief.unknown(UnknownReason.SENSOR_STUCK, it)))
        .orElse(settled);
  }

  private SensorState settled(SensorState state, Instant now) {
    if (state.pending().isEmpty() || now.isBefore(state.pending().get().due())) {
      return state;
    }
    Instant since = state.pending().get().since();
    boolean occupied = state.level() == Level.ACTIVE && holds(state);
    return believe(state, occupied ? MachineStatus.OCCUPIED : MachineStatus.FREE, since)
        .waiting(Optional.empty());
  }

  /// The state after a reading, which may not be earlier than what was believed before.
  SensorState read(SensorState state, boolean active, Instant at) {
    Level level = active ? Level.ACTIVE : Level.INACTIVE;
    return switch (sensor.behaviour()) {
      case LEVEL -> level == state.level() ? state : edge(state.read(level, at), at);
      case PULSE -> active ? pulse(state, at) : quiet(state, at);
    };
  }

  private SensorState edge(SensorState state, Instant at) {
    Instant since = state.pending().map(Pending::since).orElse(at);
    return state.waiting(Optional.of(new Pending(since, at.plus(sensor.settle()))));
  }

  private SensorState pulse(SensorState state, Instant at) {
    if (state.level() == Level.ACTIVE && holds(state)) {
      return state;
    }
    SensorState pulsed = believe(state.read(Level.ACTIVE, at), MachineStatus.OCCUPIED, at);
    return pulsed.waiting(holds(pulsed) ? Optional.empty() : Optional.of(quietFrom(at)));
  }

  private SensorState quiet(SensorState state, Instant at) {
    if (state.level() == Level.INACTIVE) {
      return state;
    }
    SensorState ended = state.read(Level.INACTIVE, at);
    return ended.belief().status() == MachineStatus.FREE
        ? ended
        : ended.waiting(Optional.of(quietFrom(at)));
  }

  private Pending quietFrom(Instant at) {
    return new Pending(at, at.plus(sensor.vacancyTimeout()));
  }

  /// The state after no reading can come any more.
  SensorState cutOff(SensorState state, Instant at) {
    return new SensorState(
        Belief.unknown(UnknownReason.SOURCE_DOWN, at),
        Level.NONE,
        at,
        Optional.empty(),
        state.reportsEnd());
  }

  private static SensorState believe(SensorState state, MachineStatus status, Instant since) {
    return state.belief().status() == status ? state : state.believing(Belief.of(status, since));
  }
}
