package io.gympulse.edge.occupancy;

import static io.gympulse.edge.occupancy.SensorState.NEVER;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.edge.occupancy.SensorState.Level;
import io.gympulse.edge.occupancy.SensorState.SensorFault;
import io.gympulse.edge.occupancy.SensorState.Verdict;

/// A sensor that fires now and then while a machine is used. An activity lasts from the first to
/// the last of the pulses that follow each other within the vacancy timeout. Once it has lasted for
/// the minimum time the machine is occupied, as of its start; once no pulse has come for the
/// vacancy timeout the machine is free, as of the end of the last one. If the sensor reports the
/// end of a pulse, the pulse lasts until then, and repeated reports of it are not new pulses. A
/// device that waits for the end, as most motion sensors for Zigbee do, reports it late by a known
/// time; the end is dated back by that, and the vacancy timeout counts from there. A sensor that
/// only reports pulses is stuck if an activity outlasts the cap, until no pulse has come for the
/// vacancy timeout.
///
/// Of a sensor of the model [Model#EDGE], such as a reed contact at a wheel, each change of the
/// level is a pulse without an end. The level says nothing, as a magnet may come to rest at the
/// contact; nor does the first reading, which is no change.
final class PulseStateMachine extends SensorStateMachine {
  private final boolean edges;
  private final long minimumOn;
  private final long vacancy;
  private final long deviceHold;

  PulseStateMachine(Sensor sensor, StuckRule stuckRule) {
    super(sensor, stuckRule);
    this.edges = sensor.behaviour().model() == Model.EDGE;
    this.minimumOn = sensor.timing().minimumOn().toMillis();
    this.vacancy = sensor.timing().vacancyTimeout().toMillis();
    this.deviceHold = sensor.timing().deviceHold().toMillis();
  }

  @Override
  boolean isRepeat(SensorState state, Level level) {
    return state.signal().level() == level
        && (level == Level.INACTIVE || edges || state.signal().reportsEnd());
  }

  @Override
  void read(SensorState.Builder next, Level level, long at) {
    boolean first = next.level == Level.NONE;
    boolean pulse = edges ? !first : level == Level.ACTIVE;
    if (edges && first) {
      observable(next, at);
    }
    next.raw = level;
    next.level = level;
    next.changedAt = at;
    if (level == Level.INACTIVE && !edges) {
      next.reportsEnd = true;
      next.fault = SensorFault.NONE;
    }
    boolean counts = next.verdict.isChattering() || (!first && pulse);
    if (counts && !countChange(next, at)) {
      return;
    }
    if (pulse) {
      pulse(next, at);
    } else if (!edges) {
      endOfPulse(next, at, deviceHold);
    }
  }

  private void pulse(SensorState.Builder next, long at) {
    if (next.fault == SensorFault.STUCK) {
      next.conclude(Verdict.STUCK, at);
      next.absentSince = next.reportsEnd ? NEVER : at;
      return;
    }
    if (next.activitySince == NEVER) {
      next.activitySince = at;
    }
    next.absentSince = next.reportsEnd ? NEVER : at;
    confirm(next, at);
  }

  /// @param late by how much the report comes after the end
  private void endOfPulse(SensorState.Builder next, long at, long late) {
    if (next.activitySince != NEVER) {
      long end = Math.max(at - late, next.activitySince);
      next.absentSince = end;
      confirm(next, end);
    } else if (next.absentSince == NEVER && next.verdict != Verdict.FREE) {
      next.absentSince = at;
    }
  }

  @Override
  void expire(SensorState.Builder next, long at) {
    next.raw = Level.INACTIVE;
    next.level = Level.INACTIVE;
    next.changedAt = at;
    next.fault = SensorFault.NONE;
    if (!next.verdict.isChattering()) {
      endOfPulse(next, at, 0);
    }
  }

  private void confirm(SensorState.Builder next, long at) {
    if (at - next.activitySince >= minimumOn) {
      next.conclude(Verdict.OCCUPIED, next.activitySince);
    }
  }

  /// If no pulse comes for the vacancy timeout, the machine has been free since now.
  @Override
  void observable(SensorState.Builder next, long at) {
    boolean undecided = next.verdict.status() == Verdict.NO_READING.status();
    if (undecided
        && next.level == Level.NONE
        && next.absentSince == NEVER
        && !next.verdict.isChattering()) {
      next.absentSince = at;
    }
  }

  @Override
  long endlessAt(SensorState state, long longest) {
    boolean lasts = edges || state.signal().level() == Level.ACTIVE;
    return lasts && state.activitySince() != NEVER ? state.activitySince() + longest : NEVER;
  }

  @Override
  boolean holdsActive(SensorState state) {
    return state.signal().level() == Level.ACTIVE && state.signal().reportsEnd();
  }

  @Override
  long decisionDue(SensorState state) {
    if (state.absentSince() != NEVER) {
      return state.absentSince() + vacancy;
    }
    return isUnconfirmed(state) ? state.activitySince() + minimumOn : NEVER;
  }

  private static boolean isUnconfirmed(SensorState state) {
    return state.activitySince() != NEVER && state.verdict() != Verdict.OCCUPIED;
  }

  @Override
  void decide(SensorState.Builder next) {
    if (next.absentSince == NEVER) {
      next.conclude(Verdict.OCCUPIED, next.activitySince);
    } else {
      next.conclude(Verdict.FREE, next.absentSince);
      next.fault = SensorFault.NONE;
      next.activitySince = NEVER;
      next.absentSince = NEVER;
    }
  }

  @Override
  long reversibleSince(SensorState state, long now) {
    return deviceHold == 0 || state.activitySince() == NEVER || !holdsActive(state)
        ? NEVER
        : Math.max(now - deviceHold, state.activitySince());
  }

  @Override
  long pendingSince(SensorState state) {
    return Math.min(isUnconfirmed(state) ? state.activitySince() : NEVER, state.absentSince());
  }
}
