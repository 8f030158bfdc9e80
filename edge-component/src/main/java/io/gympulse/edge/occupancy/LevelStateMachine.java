package io.gympulse.edge.occupancy;

import static io.gympulse.edge.occupancy.SensorState.NEVER;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.occupancy.SensorState.Level;
import io.gympulse.edge.occupancy.SensorState.SensorFault;
import io.gympulse.edge.occupancy.SensorState.Verdict;
import java.time.Duration;

/// A sensor that holds its level. A level counts once it has settled, as of the first edge of the
/// bounce. A sensor that was active for the minimum time makes its machine occupied, as of the
/// start of that time; one that was inactive for the hold time, without an activity of the minimum
/// time that began meanwhile, makes it free, as of the start of the hold time. While the level is
/// bouncing, nothing later than the first edge of the bounce is decided.
final class LevelStateMachine extends SensorStateMachine {
  private static final long FIRST_READING = Duration.ofMinutes(1).toMillis();

  private final long firstReading;
  private final long settle;
  private final long minimumOn;
  private final long hold;

  LevelStateMachine(Sensor sensor, StuckRule stuckRule) {
    super(sensor, stuckRule);
    this.firstReading =
        sensor
            .timing()
            .silentAfter()
            .map(it -> Math.min(FIRST_READING, it.toMillis()))
            .orElse(FIRST_READING);
    this.settle = sensor.timing().settle().toMillis();
    this.minimumOn = sensor.timing().minimumOn().toMillis();
    this.hold = sensor.timing().hold().toMillis();
  }

  @Override
  boolean isRepeat(SensorState state, Level level) {
    return state.signal().raw() == level;
  }

  @Override
  void read(SensorState.Builder next, Level level, long at) {
    next.raw = level;
    if (next.verdict.isChattering()) {
      setLevel(next, level, at);
      countChange(next, at);
      return;
    }
    if (next.burstSince == NEVER) {
      next.burstSince = at;
      next.burstDue = at + settle;
    } else if (isEndless(at - next.burstSince)) {
      setLevel(next, level, at);
      chattering(next, "its level does not settle", next.burstSince);
    } else {
      next.burstDue = Math.max(next.burstDue, at + settle);
    }
  }

  @Override
  void expire(SensorState.Builder next, long at) {
    next.raw = Level.INACTIVE;
    setLevel(next, Level.INACTIVE, at);
    if (!next.verdict.isChattering()) {
      absent(next, at);
    }
  }

  private static void absent(SensorState.Builder next, long at) {
    if (next.verdict != Verdict.FREE && next.absentSince == NEVER) {
      next.absentSince = at;
    }
  }

  /// A level sensor sends its level when it connects. If none comes, that is why its machine is
  /// unknown, no longer what was before.
  @Override
  void observable(SensorState.Builder next, long at) {
    boolean outdated =
        switch (next.verdict) {
          case GATEWAY_OFF, SOURCE_DOWN, DEVICE_UNAVAILABLE -> true;
          case FREE, OCCUPIED, NO_READING, DEAD, STUCK, CHATTERING, OVERFLOWED -> false;
        };
    if (outdated && next.raw == Level.NONE) {
      next.burstDue = at + firstReading;
    }
  }

  @Override
  long endlessAt(SensorState state, long longest) {
    return NEVER;
  }

  @Override
  boolean holdsActive(SensorState state) {
    return state.signal().level() == Level.ACTIVE;
  }

  @Override
  long decisionDue(SensorState state) {
    if (state.signal().burstDue() != NEVER) {
      return state.signal().burstDue();
    }
    if (holdsActive(state)) {
      return isUnconfirmed(state) ? state.signal().changedAt() + minimumOn : NEVER;
    }
    return state.absentSince() == NEVER ? NEVER : state.absentSince() + hold;
  }

  /// Whether the sensor is active, but its machine does not count as occupied for it yet.
  private static boolean isUnconfirmed(SensorState state) {
    if (state.signal().level() != Level.ACTIVE) {
      return false;
    }
    return switch (state.verdict()) {
      case FREE, NO_READING, GATEWAY_OFF, SOURCE_DOWN, DEVICE_UNAVAILABLE, DEAD -> true;
      case OCCUPIED -> state.absentSince() != NEVER;
      case STUCK -> state.signal().fault() != SensorFault.STUCK;
      case CHATTERING, OVERFLOWED -> false;
    };
  }

  @Override
  void decide(SensorState.Builder next) {
    if (next.burstDue != NEVER) {
      settled(next);
    } else if (next.level == Level.ACTIVE) {
      concludeStatus(next, Verdict.OCCUPIED, next.changedAt);
      next.absentSince = NEVER;
    } else {
      concludeStatus(next, Verdict.FREE, next.absentSince);
      next.absentSince = NEVER;
    }
  }

  private void settled(SensorState.Builder next) {
    long edge = next.burstSince;
    if (next.raw == Level.NONE) {
      next.conclude(Verdict.NO_READING, next.burstDue);
      next.burstDue = NEVER;
      return;
    }
    boolean first = next.level == Level.NONE;
    boolean unchanged = next.raw == next.level;
    next.burstSince = NEVER;
    next.burstDue = NEVER;
    if (unchanged) {
      return;
    }
    setLevel(next, next.raw, edge);
    if (next.fault == SensorFault.STUCK) {
      next.conclude(Verdict.STUCK, edge);
      return;
    }
    if ((first || countChange(next, edge)) && next.level == Level.INACTIVE) {
      absent(next, edge);
    }
  }

  private static void setLevel(SensorState.Builder next, Level level, long at) {
    next.level = level;
    next.changedAt = at;
    if (level == Level.INACTIVE) {
      next.fault = SensorFault.NONE;
    }
  }

  @Override
  long pendingSince(SensorState state) {
    long unconfirmed = isUnconfirmed(state) ? state.signal().changedAt() : NEVER;
    return Math.min(state.signal().burstSince(), Math.min(unconfirmed, state.absentSince()));
  }
}
