package io.gympulse.edge.occupancy;

import static io.gympulse.edge.occupancy.SensorState.NEVER;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.occupancy.SensorState.Doubt;
import io.gympulse.edge.occupancy.SensorState.Level;
import java.time.Duration;

/// A sensor that fires now and then while somebody is there. An activity lasts from the first to
/// the last of the pulses that follow each other within the vacancy timeout. Once it has lasted for
/// the minimum time the machine is occupied, from its beginning; once no pulse has come for the
/// vacancy timeout it is free, from the end of the last one. A sensor that says when its pulses end
/// is taken by its word for as long as one lasts, and its repeats of a pulse are no new ones. One
/// that only ever tells pulses is stuck if an activity of theirs outlasts the cap, until none has
/// come for the vacancy timeout.
final class PulseModel extends SensorModel {
  private final long minimumOn;
  private final long vacancy;

  PulseModel(Sensor sensor, Duration stuckAfter) {
    super(sensor, stuckAfter);
    this.minimumOn = sensor.timing().minimumOn().toMillis();
    this.vacancy = sensor.timing().vacancyTimeout().toMillis();
  }

  @Override
  boolean repeats(SensorState state, Level said) {
    return state.contact().level() == said
        && (said == Level.INACTIVE || state.contact().reportsEnd());
  }

  @Override
  void read(SensorDraft draft, Level said, long at) {
    boolean first = draft.level == Level.NONE;
    draft.heard = said;
    draft.level = said;
    draft.changedAt = at;
    if (said == Level.INACTIVE) {
      draft.reportsEnd = true;
      draft.doubt = Doubt.NONE;
    }
    boolean counts = draft.belief.restless() || (!first && said == Level.ACTIVE);
    if (!counts || trusted(draft, at)) {
      if (said == Level.ACTIVE) {
        pulse(draft, at);
      } else {
        quiet(draft, at);
      }
    }
  }

  private void pulse(SensorDraft draft, long at) {
    if (draft.doubt == Doubt.STUCK) {
      draft.believe(Belief.STUCK, at);
      draft.releaseSince = draft.reportsEnd ? NEVER : at;
      return;
    }
    if (draft.runSince == NEVER) {
      draft.runSince = at;
    }
    draft.releaseSince = draft.reportsEnd ? NEVER : at;
    prove(draft, at);
  }

  private void quiet(SensorDraft draft, long at) {
    if (draft.runSince != NEVER) {
      draft.releaseSince = at;
      prove(draft, at);
    } else if (draft.releaseSince == NEVER && draft.belief != Belief.FREE) {
      draft.releaseSince = at;
    }
  }

  private void prove(SensorDraft draft, long at) {
    if (at - draft.runSince >= minimumOn) {
      draft.believe(Belief.OCCUPIED, draft.runSince);
    }
  }

  /// If nothing comes for the vacancy timeout, nobody was there since watching began.
  @Override
  void watched(SensorDraft draft, long at) {
    boolean undecided = draft.belief.status() == Belief.NO_READING.status();
    if (undecided
        && draft.level == Level.NONE
        && draft.releaseSince == NEVER
        && !draft.belief.restless()) {
      draft.releaseSince = at;
    }
  }

  @Override
  long endlessAt(SensorState state, long longest) {
    return state.runSince() == NEVER || state.contact().level() != Level.ACTIVE
        ? NEVER
        : state.runSince() + longest;
  }

  @Override
  boolean holdsActive(SensorState state) {
    return state.contact().level() == Level.ACTIVE && state.contact().reportsEnd();
  }

  @Override
  long decisionDue(SensorState state) {
    if (state.releaseSince() != NEVER) {
      return state.releaseSince() + vacancy;
    }
    return isUnproven(state) ? state.runSince() + minimumOn : NEVER;
  }

  private static boolean isUnproven(SensorState state) {
    return state.runSince() != NEVER && state.belief() != Belief.OCCUPIED;
  }

  @Override
  void decide(SensorDraft draft) {
    if (draft.releaseSince == NEVER) {
      draft.believe(Belief.OCCUPIED, draft.runSince);
    } else {
      draft.believe(Belief.FREE, draft.releaseSince);
      draft.doubt = Doubt.NONE;
      draft.runSince = NEVER;
      draft.releaseSince = NEVER;
    }
  }

  @Override
  long openSince(SensorState state) {
    return Math.min(isUnproven(state) ? state.runSince() : NEVER, state.releaseSince());
  }
}
