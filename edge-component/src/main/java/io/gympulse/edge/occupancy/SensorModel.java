package io.gympulse.edge.occupancy;

import static io.gympulse.edge.occupancy.SensorState.NEVER;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.occupancy.SensorState.Doubt;
import io.gympulse.edge.occupancy.SensorState.Level;
import java.time.Duration;

/// How one sensor's readings become a belief. Pure and immutable.
///
/// A state has at most one *next deadline*, [#due]; [#advance] decides what it stands for. What is
/// decided counts from when it really happened, so a deadline has the same effect whenever it is
/// looked at. [#openSince] is the earliest moment that a decision yet to come may go back to.
///
/// Common to all sensors are the reasons not to believe one. *Stuck*: active for longer than the
/// cap, or than three times the 99th percentile of the occupancies it saw and half an hour. (Where
/// lengths of stay are log-normal with a spread of 0.4, as on a machine for cardio training, one
/// in five million exceeds that.) *Restless*: see [RestlessRule]. *Dead*: silent for longer than
/// its floor plan allows, by up to a sixteenth more: so often is it noted when a sensor was heard
/// last, as most readings say nothing else.
abstract sealed class SensorModel permits LevelModel, PulseModel {
  private static final long LEAST_STUCK = Duration.ofMinutes(30).toMillis();
  private static final long STUCK_FACTOR = 3;
  private static final long LISTENING_PARTS = 16;

  private final Sensor sensor;
  private final long stuckAfter;
  private final long silentAfter;
  private final long listening;
  private final RestlessRule restless;

  SensorModel(Sensor sensor, Duration stuckAfter) {
    this.sensor = sensor;
    this.stuckAfter = stuckAfter.toMillis();
    this.silentAfter = sensor.timing().silentAfter().map(Duration::toMillis).orElse(NEVER);
    this.listening = silentAfter / LISTENING_PARTS;
    this.restless = RestlessRule.of(sensor);
  }

  static SensorModel of(Sensor sensor, Duration stuckAfter) {
    return switch (sensor.behaviour()) {
      case LEVEL -> new LevelModel(sensor, stuckAfter);
      case PULSE -> new PulseModel(sensor, stuckAfter);
    };
  }

  final Sensor sensor() {
    return sensor;
  }

  /// The state before the sensor has spoken.
  final SensorState unread(Belief belief, long since, DwellHistory history) {
    return SensorState.unread(belief, since, history, sensor.source().tellsEnd());
  }

  /// Whether a reading is worth a step. That the sensor was heard again is worth one now and then.
  final boolean isNews(SensorState state, boolean active, long at) {
    return !repeats(state, said(active))
        || (silentAfter != NEVER && state.heardAt() != NEVER && at - state.heardAt() >= listening);
  }

  /// The state after a reading that is news.
  final SensorState read(SensorState state, boolean active, long at) {
    Level said = said(active);
    SensorDraft draft = new SensorDraft(state);
    if (silentAfter != NEVER) {
      draft.heardAt = state.heardAt() == NEVER ? at : Math.max(at, state.heardAt());
    }
    if (repeats(state, said)) {
      return draft.done();
    }
    if (draft.doubt != Doubt.STUCK) {
      draft.doubt = Doubt.NONE;
    }
    read(draft, said, Math.max(at, Math.max(state.contact().changedAt(), state.since())));
    return draft.done();
  }

  private static Level said(boolean active) {
    return active ? Level.ACTIVE : Level.INACTIVE;
  }

  /// Whether a reading has no more to say about the machine than the ones before.
  abstract boolean repeats(SensorState state, Level said);

  abstract void read(SensorDraft draft, Level said, long at);

  /// The state after its source has begun to deliver, or its device is said to be back.
  final SensorState sourceUp(SensorState state, long at) {
    SensorDraft draft = new SensorDraft(state);
    if (silentAfter != NEVER && state.heardAt() == NEVER) {
      draft.heardAt = at;
    }
    if (draft.doubt == Doubt.NONE) {
      watched(draft, Math.max(at, state.since()));
    }
    return draft.done();
  }

  /// Readings of the sensor can arrive from here on.
  abstract void watched(SensorDraft draft, long at);

  /// The state after its source has ceased to deliver.
  final SensorState sourceDown(SensorState state, long at) {
    return cutOff(state, Belief.CUT_OFF, at);
  }

  /// The state after its device was said to be away.
  final SensorState away(SensorState state, long at) {
    return cutOff(state, Belief.AWAY, at);
  }

  private SensorState cutOff(SensorState state, Belief belief, long at) {
    SensorDraft draft = new SensorDraft(state);
    lose(draft, belief, at);
    draft.forget(at);
    return draft.done();
  }

  /// What is still undecided stays so for ever, hence it was not known from there on.
  private void lose(SensorDraft draft, Belief belief, long at) {
    draft.believe(belief, Math.min(at, openSince(draft.done())));
  }

  /// The state after readings were dropped.
  final SensorState flooded(SensorState state, long at) {
    SensorDraft draft = new SensorDraft(state);
    lose(draft, Belief.FLOODING, at);
    draft.forget(at);
    draft.restless = Math.max(at, draft.since) + restless.calm();
    return draft.done();
  }

  /// When [#advance] will next change anything.
  final long due(SensorState state) {
    return Math.min(decisionDue(state), faultDue(state));
  }

  /// When time alone will decide something about the machine.
  abstract long decisionDue(SensorState state);

  private long faultDue(SensorState state) {
    if (state.contact().burstDue() != NEVER) {
      return NEVER;
    }
    return Math.min(Math.min(deadAt(state), stuckAt(state)), calmAt(state));
  }

  private long deadAt(SensorState state) {
    return state.heardAt() == NEVER ? NEVER : state.heardAt() + listening + silentAfter;
  }

  private long stuckAt(SensorState state) {
    if (state.belief() != Belief.OCCUPIED) {
      return NEVER;
    }
    return holdsActive(state)
        ? state.contact().changedAt() + longestStay(state.history())
        : endlessAt(state, stuckAfter);
  }

  private long longestStay(DwellHistory history) {
    long usual = history.longestUsual();
    return usual == NEVER
        ? stuckAfter
        : Math.min(stuckAfter, Math.max(LEAST_STUCK, STUCK_FACTOR * usual));
  }

  private static long calmAt(SensorState state) {
    return state.belief().restless() && state.contact().level() != Level.NONE
        ? state.restless()
        : NEVER;
  }

  /// When a sensor that is only ever active is so for longer than `longest`.
  abstract long endlessAt(SensorState state, long longest);

  /// Whether the sensor is active until it says otherwise.
  abstract boolean holdsActive(SensorState state);

  /// Decides what the next deadline stands for; to be called once it has passed.
  final SensorState advance(SensorState state) {
    long due = due(state);
    SensorDraft draft = new SensorDraft(state);
    if (due == decisionDue(state)) {
      decide(draft);
    } else if (due == deadAt(state)) {
      lose(draft, Belief.DEAD, due);
      draft.doubt = draft.doubt == Doubt.STUCK ? Doubt.STUCK : Doubt.DEAD;
      draft.forget(due);
    } else if (due == stuckAt(state)) {
      stuck(draft, due);
    } else if (holdsActive(state) && draft.doubt == Doubt.STUCK) {
      draft.believe(Belief.STUCK, due);
      draft.settleNothing();
    } else {
      boolean active = holdsActive(state);
      draft.believe(active ? Belief.OCCUPIED : Belief.FREE, due);
      draft.settleNothing();
      draft.runSince = active ? due : NEVER;
    }
    return draft.done();
  }

  private void stuck(SensorDraft draft, long due) {
    long lastPulse = holdsActive(draft.done()) ? NEVER : draft.releaseSince;
    lose(draft, Belief.STUCK, due);
    draft.settleNothing();
    draft.releaseSince = lastPulse;
    draft.doubt = Doubt.STUCK;
  }

  /// Decides what is due by [#decisionDue].
  abstract void decide(SensorDraft draft);

  /// From when on the past may still be seen in another way; [SensorState#NEVER] if it may not.
  abstract long openSince(SensorState state);

  /// Counts a change of the level, by which the sensor may turn out to be restless.
  ///
  /// @return whether the sensor is believed
  final boolean trusted(SensorDraft draft, long at) {
    if (draft.belief.restless()) {
      draft.restless = at + restless.calm();
      return false;
    }
    if (restless.exceededBy(draft, at)) {
      chatters(draft, at);
      return false;
    }
    return true;
  }

  /// Whether a level that did not settle for so long will not do so any more.
  final boolean isEndless(long burst) {
    return burst > restless.longestBurst();
  }

  final void chatters(SensorDraft draft, long at) {
    lose(draft, Belief.CHATTERING, at);
    draft.settleNothing();
    draft.restless = at + restless.calm();
  }
}
