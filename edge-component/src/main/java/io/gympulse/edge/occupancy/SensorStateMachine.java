package io.gympulse.edge.occupancy;

import static io.gympulse.edge.occupancy.SensorState.NEVER;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.edge.occupancy.SensorState.Level;
import io.gympulse.edge.occupancy.SensorState.SensorFault;
import io.gympulse.edge.occupancy.SensorState.Verdict;
import java.time.Duration;

/// Turns one sensor's readings into a [Verdict]. Pure and immutable.
///
/// A state has at most one *next deadline*, [#due]; [#advance] executes it. A decision is dated to
/// when its cause happened, so the moment at which a deadline is processed has no effect on the
/// result. [#pendingSince] is the earliest moment to which a later decision may be back-dated.
///
/// Every kind of sensor can fail in three ways. *Stuck*: active for longer than its [StuckRule]
/// allows, or though nobody can be there, see [PlausibilityCheck]. *Chattering*: see [ChatterRule].
/// *Dead*: silent for longer than its floor plan allows, by up to a sixteenth more: the time of the
/// last reading is only updated so often, since most readings are repeats.
///
/// The report of a sensor's end of activity may be lost. With an off-delay, an active reading is
/// valid for that time, by up to a sixteenth more; unless it is repeated the sensor then counts as
/// inactive, as of that moment, so that nothing is dated back by the whole delay.
abstract sealed class SensorStateMachine permits LevelStateMachine, PulseStateMachine {
  private static final long REGISTERED_FRACTION = 16;

  private final Sensor sensor;
  private final StuckRule stuckRule;
  private final long silentAfter;
  private final long offDelay;
  private final long registerInterval;
  private final ChatterRule chatter;
  private final String tooManyChanges;
  private final String tooManyStatuses;

  SensorStateMachine(Sensor sensor, StuckRule stuckRule) {
    this.sensor = sensor;
    this.stuckRule = stuckRule;
    this.silentAfter = sensor.timing().silentAfter().map(Duration::toMillis).orElse(NEVER);
    this.offDelay = sensor.timing().offDelay().map(Duration::toMillis).orElse(NEVER);
    long age = Math.min(silentAfter, offDelay);
    this.registerInterval = age == NEVER ? NEVER : age / REGISTERED_FRACTION;
    this.chatter = ChatterRule.of(sensor);
    this.tooManyChanges = "it changed more than %d times a minute".formatted(chatter.changes());
    this.tooManyStatuses =
        "its machine became free or occupied more than %d times a minute"
            .formatted(chatter.statuses());
  }

  static SensorStateMachine of(Sensor sensor, StuckRule stuckRule) {
    return switch (sensor.behaviour().model()) {
      case LEVEL -> new LevelStateMachine(sensor, stuckRule);
      case PULSE, EDGE -> new PulseStateMachine(sensor, stuckRule);
    };
  }

  final Sensor sensor() {
    return sensor;
  }

  /// The state before the first reading.
  final SensorState unread(Verdict verdict, long since, DwellHistory history) {
    boolean reportsEnd = sensor.behaviour().model() != Model.EDGE && sensor.source().reportsEnd();
    return SensorState.unread(verdict, since, history, reportsEnd);
  }

  /// Whether a reading changes the state: by its level, or because the time of the last reading is
  /// to be updated.
  final boolean changesState(SensorState state, boolean active, long at) {
    return !isRepeat(state, level(active)) || at - state.lastReadingAt() >= registerInterval;
  }

  /// The state after a reading that [#changesState].
  ///
  /// @param stampedAt when the reading happened by the sensor's clock
  final SensorState read(SensorState state, boolean active, long at, long stampedAt) {
    Level level = level(active);
    SensorState.Builder next = new SensorState.Builder(state);
    if (registerInterval != NEVER) {
      next.lastReadingAt =
          state.lastReadingAt() == NEVER ? at : Math.max(at, state.lastReadingAt());
    }
    if (isRepeat(state, level)) {
      return next.build();
    }
    next.stampedAt = stampedAt;
    next.expired = false;
    if (next.fault != SensorFault.STUCK) {
      next.fault = SensorFault.NONE;
    }
    read(next, level, Math.max(at, Math.max(state.signal().changedAt(), state.since())));
    return next.build();
  }

  private static Level level(boolean active) {
    return active ? Level.ACTIVE : Level.INACTIVE;
  }

  /// Whether a reading says nothing about the machine that is not in the state already.
  abstract boolean isRepeat(SensorState state, Level level);

  abstract void read(SensorState.Builder next, Level level, long at);

  /// The state after its source has begun to deliver, or its device was reported as available.
  final SensorState sourceUp(SensorState state, long at) {
    SensorState.Builder next = new SensorState.Builder(state);
    if (silentAfter != NEVER && state.lastReadingAt() == NEVER) {
      next.lastReadingAt = at;
    }
    if (next.fault == SensorFault.NONE) {
      observable(next, Math.max(at, state.since()));
    }
    return next.build();
  }

  /// Sets the level to inactive, as the last active reading is no longer valid.
  abstract void expire(SensorState.Builder next, long at);

  /// Handles that readings of the sensor can arrive from now on.
  abstract void observable(SensorState.Builder next, long at);

  /// The state after its source has ceased to deliver.
  final SensorState sourceDown(SensorState state, long at) {
    return unobservable(state, Verdict.SOURCE_DOWN, Verdict.SOURCE_DOWN.words(), at);
  }

  /// The state after its device was reported as unavailable.
  final SensorState unavailable(SensorState state, String reason, long at) {
    return unobservable(state, Verdict.DEVICE_UNAVAILABLE, reason, at);
  }

  private SensorState unobservable(SensorState state, Verdict verdict, String reason, long at) {
    SensorState.Builder next = new SensorState.Builder(state);
    invalidate(next, verdict, reason, at);
    next.reset(at);
    return next.build();
  }

  /// Pending decisions can never be completed, so the verdict starts where they began.
  private void invalidate(SensorState.Builder next, Verdict verdict, String reason, long at) {
    next.conclude(verdict, Math.min(at, pendingSince(next.build())), reason);
  }

  /// The state after readings were dropped.
  final SensorState overflowed(SensorState state, long at) {
    SensorState.Builder next = new SensorState.Builder(state);
    invalidate(next, Verdict.OVERFLOWED, Verdict.OVERFLOWED.words(), at);
    next.reset(at);
    next.distrustUntil(Math.max(at, next.since) + chatter.quietPeriod());
    return next.build();
  }

  /// When [#advance] will next change anything.
  final long due(SensorState state) {
    return Math.min(decisionDue(state), faultDue(state));
  }

  /// When the passing of time alone decides something about the machine.
  abstract long decisionDue(SensorState state);

  private long faultDue(SensorState state) {
    if (state.signal().burstDue() != NEVER) {
      return NEVER;
    }
    return Math.min(
        Math.min(deadAt(state), expiresAt(state)), Math.min(stuckAt(state), trustedAgainAt(state)));
  }

  private long deadAt(SensorState state) {
    return silentAfter == NEVER || state.lastReadingAt() == NEVER
        ? NEVER
        : state.lastReadingAt() + registerInterval + silentAfter;
  }

  private long expiresAt(SensorState state) {
    return offDelay == NEVER || state.lastReadingAt() == NEVER || !holdsActive(state)
        ? NEVER
        : state.lastReadingAt() + registerInterval + offDelay;
  }

  private long stuckAt(SensorState state) {
    if (state.verdict() != Verdict.OCCUPIED) {
      return NEVER;
    }
    return holdsActive(state)
        ? state.signal().changedAt() + stuckRule.longestDwell(state.history())
        : endlessAt(state, stuckRule.cap());
  }

  private static long trustedAgainAt(SensorState state) {
    return state.verdict().isChattering() && state.signal().level() != Level.NONE
        ? state.rates().trustedAt()
        : NEVER;
  }

  /// When a sensor that never reports the end of activity has been active for longer than
  /// `longest`.
  abstract long endlessAt(SensorState state, long longest);

  /// Whether the sensor counts as active until it reports the end.
  abstract boolean holdsActive(SensorState state);

  /// Executes the next deadline, which must have passed.
  final SensorState advance(SensorState state) {
    long due = due(state);
    SensorState.Builder next = new SensorState.Builder(state);
    if (due == decisionDue(state)) {
      decide(next);
    } else if (due == deadAt(state)) {
      invalidate(next, Verdict.DEAD, "it was silent for " + minutes(silentAfter), due);
      next.fault = next.fault == SensorFault.STUCK ? SensorFault.STUCK : SensorFault.DEAD;
      next.reset(due);
    } else if (due == expiresAt(state)) {
      next.expired = true;
      expire(next, due);
    } else if (due == stuckAt(state)) {
      stuck(next, stuckReason(state, due), due);
    } else if (holdsActive(state) && next.fault == SensorFault.STUCK) {
      next.conclude(Verdict.STUCK, due);
      next.clearPending();
      next.distrustUntil(NEVER);
    } else {
      boolean active = holdsActive(state);
      next.conclude(active ? Verdict.OCCUPIED : Verdict.FREE, due);
      next.clearPending();
      next.activitySince = active ? due : NEVER;
      next.distrustUntil(NEVER);
    }
    return next.build();
  }

  private String stuckReason(SensorState state, long due) {
    return holdsActive(state)
        ? "it was active for %s without a change"
            .formatted(minutes(due - state.signal().changedAt()))
        : "its pulses did not pause for " + minutes(stuckRule.cap());
  }

  private static String minutes(long millis) {
    return "%d minutes".formatted(Duration.ofMillis(millis).toMinutes());
  }

  /// Whether the machine counts as occupied only because the sensor has not reported the end.
  final boolean holdsOccupied(SensorState state) {
    return state.verdict() == Verdict.OCCUPIED && holdsActive(state);
  }

  /// The state after it was found that nobody can be there: stuck, if it [#holdsOccupied].
  final SensorState implausible(SensorState state, String reason, long at) {
    if (!holdsOccupied(state)) {
      return state;
    }
    SensorState.Builder next = new SensorState.Builder(state);
    stuck(next, reason, at);
    return next.build();
  }

  private void stuck(SensorState.Builder next, String reason, long due) {
    long lastPulse = holdsActive(next.build()) ? NEVER : next.absentSince;
    invalidate(next, Verdict.STUCK, reason, due);
    next.clearPending();
    next.absentSince = lastPulse;
    next.fault = SensorFault.STUCK;
  }

  /// Decides what is due at [#decisionDue].
  abstract void decide(SensorState.Builder next);

  /// The start of what is not decided yet; [SensorState#NEVER] if there is nothing.
  abstract long pendingSince(SensorState state);

  /// The earliest moment as of which a reading that arrives now may end the present activity;
  /// [SensorState#NEVER] if it cannot be before now.
  long reversibleSince(SensorState state, long now) {
    return NEVER;
  }

  /// Concludes that the machine is free or occupied, unless the sensor changes between the two too
  /// often.
  final void concludeStatus(SensorState.Builder next, Verdict status, long at) {
    boolean known = next.verdict == Verdict.FREE || next.verdict == Verdict.OCCUPIED;
    if (known && next.verdict != status && chatter.exceededByStatus(next, at)) {
      chattering(next, tooManyStatuses, at);
    } else {
      next.conclude(status, at);
    }
  }

  /// Counts a change of the level towards [ChatterRule].
  ///
  /// @return whether the sensor is trusted
  final boolean countChange(SensorState.Builder next, long at) {
    if (next.verdict.isChattering()) {
      next.trustedAt = at + chatter.quietPeriod();
      return false;
    }
    if (chatter.exceededByChange(next, at)) {
      chattering(next, tooManyChanges, at);
      return false;
    }
    return true;
  }

  /// Whether a level has bounced for so long that it is not expected to settle.
  final boolean isEndless(long burst) {
    return burst > chatter.longestBurst();
  }

  final void chattering(SensorState.Builder next, String reason, long at) {
    invalidate(next, Verdict.CHATTERING, reason, at);
    next.clearPending();
    next.distrustUntil(at + chatter.quietPeriod());
  }
}
