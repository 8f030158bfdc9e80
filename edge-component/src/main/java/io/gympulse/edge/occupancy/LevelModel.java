package io.gympulse.edge.occupancy;

import static io.gympulse.edge.occupancy.SensorState.NEVER;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.occupancy.SensorState.Doubt;
import io.gympulse.edge.occupancy.SensorState.Level;
import java.time.Duration;

/// A sensor that holds its level. Its level is taken when it has settled, and changed with the
/// first edge of the bounce. Active for the minimum time it makes the machine occupied from the
/// beginning of that time; inactive for the hold time, with no activity of the minimum time begun
/// meanwhile, free from the beginning of that one. While the level is bouncing nothing that comes
/// after the bounce's first edge is decided.
final class LevelModel extends SensorModel {
  private final long settle;
  private final long minimumOn;
  private final long hold;

  LevelModel(Sensor sensor, Duration stuckAfter) {
    super(sensor, stuckAfter);
    this.settle = sensor.timing().settle().toMillis();
    this.minimumOn = sensor.timing().minimumOn().toMillis();
    this.hold = sensor.timing().hold().toMillis();
  }

  @Override
  boolean repeats(SensorState state, Level said) {
    return state.contact().heard() == said;
  }

  @Override
  void read(SensorDraft draft, Level said, long at) {
    draft.heard = said;
    if (draft.belief.restless()) {
      changed(draft, said, at);
      trusted(draft, at);
      return;
    }
    if (draft.burstSince == NEVER) {
      draft.burstSince = at;
      draft.burstDue = at + settle;
    } else if (isEndless(at - draft.burstSince)) {
      changed(draft, said, at);
      chatters(draft, draft.burstSince);
    } else {
      draft.burstDue = Math.max(draft.burstDue, at + settle);
    }
  }

  @Override
  void watched(SensorDraft draft, long at) {
    // It tells its level when it is connected.
  }

  @Override
  long endlessAt(SensorState state, long longest) {
    return NEVER;
  }

  @Override
  boolean holdsActive(SensorState state) {
    return state.contact().level() == Level.ACTIVE;
  }

  @Override
  long decisionDue(SensorState state) {
    if (state.contact().burstDue() != NEVER) {
      return state.contact().burstDue();
    }
    if (holdsActive(state)) {
      return isUnproven(state) ? state.contact().changedAt() + minimumOn : NEVER;
    }
    return state.releaseSince() == NEVER ? NEVER : state.releaseSince() + hold;
  }

  /// Whether the sensor is active, and the machine not yet known to be occupied since.
  private static boolean isUnproven(SensorState state) {
    if (state.contact().level() != Level.ACTIVE) {
      return false;
    }
    return switch (state.belief()) {
      case FREE, NO_READING, GATEWAY_OFF, CUT_OFF, AWAY, DEAD -> true;
      case OCCUPIED -> state.releaseSince() != NEVER;
      case STUCK -> state.contact().doubt() != Doubt.STUCK;
      case CHATTERING, FLOODING -> false;
    };
  }

  @Override
  void decide(SensorDraft draft) {
    if (draft.burstDue != NEVER) {
      settled(draft);
    } else if (draft.level == Level.ACTIVE) {
      draft.believe(Belief.OCCUPIED, draft.changedAt);
      draft.releaseSince = NEVER;
    } else {
      draft.believe(Belief.FREE, draft.releaseSince);
      draft.releaseSince = NEVER;
    }
  }

  private void settled(SensorDraft draft) {
    long edge = draft.burstSince;
    boolean first = draft.level == Level.NONE;
    boolean bounced = draft.heard == draft.level;
    draft.burstSince = NEVER;
    draft.burstDue = NEVER;
    if (bounced) {
      return;
    }
    changed(draft, draft.heard, edge);
    if (draft.doubt == Doubt.STUCK) {
      draft.believe(Belief.STUCK, edge);
      return;
    }
    if ((first || trusted(draft, edge))
        && draft.level == Level.INACTIVE
        && draft.belief != Belief.FREE
        && draft.releaseSince == NEVER) {
      draft.releaseSince = edge;
    }
  }

  private static void changed(SensorDraft draft, Level said, long at) {
    draft.level = said;
    draft.changedAt = at;
    if (said == Level.INACTIVE) {
      draft.doubt = Doubt.NONE;
    }
  }

  @Override
  long openSince(SensorState state) {
    long decided = isUnproven(state) ? state.contact().changedAt() : NEVER;
    return Math.min(state.contact().burstSince(), Math.min(decided, state.releaseSince()));
  }
}
