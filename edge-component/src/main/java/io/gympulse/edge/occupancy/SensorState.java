package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import java.util.Locale;
import java.util.Optional;

/// The state of one sensor; times are epoch milliseconds, [#NEVER] if there is none. Immutable.
///
/// @param since since when the verdict holds
/// @param reason the cause of the verdict in words; empty if the readings are used as they come
/// @param activitySince for a pulse sensor: start of the present activity
/// @param absentSince start of an absence that is not confirmed yet
/// @param lastReadingAt when a reading was last registered; only if its age is judged
record SensorState(
    Verdict verdict,
    long since,
    String reason,
    Signal signal,
    long activitySince,
    long absentSince,
    long lastReadingAt,
    Rates rates,
    DwellHistory history) {
  static final long NEVER = Long.MAX_VALUE;

  /// The cause of a verdict that follows from [Signal#expired].
  static final String EXPIRED = "no reading confirmed that it is active within its off-delay";

  /// The status that one sensor reports of its machine, or why its readings cannot be used.
  enum Verdict {
    FREE(MachineStatus.FREE, Optional.empty(), ""),
    OCCUPIED(MachineStatus.OCCUPIED, Optional.empty(), ""),
    /// No reading has arrived since the gateway started.
    NO_READING(UnknownReason.NO_READING, "it has sent no reading yet"),
    GATEWAY_OFF(UnknownReason.GATEWAY_OFF, "it has sent no reading since the gateway started"),
    /// Its source cannot deliver readings.
    SOURCE_DOWN(UnknownReason.SOURCE_DOWN, "its source delivers no readings"),
    /// Its source runs, but its device was reported as unavailable.
    DEVICE_UNAVAILABLE(UnknownReason.SOURCE_DOWN, "its device was reported as unavailable"),
    /// It has been silent for longer than a working sensor of its kind.
    DEAD(UnknownReason.SENSOR_DEAD, "it was silent for too long"),
    /// It has been active for longer than its machine is ever used.
    STUCK(UnknownReason.SENSOR_STUCK, "it was active for too long"),
    /// It changes more often than a person can cause.
    CHATTERING(UnknownReason.SENSOR_CHATTERING, "it changes too often"),
    /// It sends faster than the gateway processes, so readings were dropped.
    OVERFLOWED(UnknownReason.SENSOR_CHATTERING, "it sends more than can be processed");

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final MachineStatus status;
    private final Optional<UnknownReason> reason;
    private final String words;

    Verdict(UnknownReason reason, String words) {
      this(MachineStatus.UNKNOWN, Optional.of(reason), words);
    }

    Verdict(MachineStatus status, Optional<UnknownReason> reason, String words) {
      this.status = status;
      this.reason = reason;
      this.words = words;
    }

    /// The name in [SensorVerdict].
    String wireName() {
      return wireName;
    }

    /// The usual cause, a part of a sentence; empty if there is none.
    String words() {
      return words;
    }

    MachineStatus status() {
      return status;
    }

    /// Present only if the status is unknown.
    Optional<UnknownReason> reason() {
      return reason;
    }

    /// Whether the sensor sends too often to be trusted.
    boolean isChattering() {
      return this == CHATTERING || this == OVERFLOWED;
    }

    /// Whether the sensor or its connection is faulty.
    boolean isFault() {
      return switch (this) {
        case FREE, OCCUPIED, NO_READING, GATEWAY_OFF -> false;
        case SOURCE_DOWN, DEVICE_UNAVAILABLE, DEAD, STUCK, CHATTERING, OVERFLOWED -> true;
      };
    }

    /// The verdict on a sensor whose machine is unknown for this reason.
    static Verdict unknown(UnknownReason reason) {
      return switch (reason) {
        case GATEWAY_OFF -> GATEWAY_OFF;
        case SENSOR_DEAD -> DEAD;
        case SENSOR_STUCK -> STUCK;
        case SENSOR_CHATTERING -> CHATTERING;
        case SOURCE_DOWN -> SOURCE_DOWN;
        case NO_READING -> NO_READING;
      };
    }
  }

  enum Level {
    NONE,
    INACTIVE,
    ACTIVE
  }

  /// A fault that only a reading of the sensor itself can clear; that its source runs is not
  /// enough.
  enum SensorFault {
    NONE,
    /// Readings were lost while it was active, and it reports the end of activity.
    LOST_WHILE_ACTIVE,
    /// It was silent for too long.
    DEAD,
    /// It was active for too long; it stays stuck until it reports the end of activity.
    STUCK
  }

  /// What the sensor sent.
  ///
  /// @param raw the last reading
  /// @param level the last settled reading
  /// @param changedAt when the level changed
  /// @param stampedAt when the last reading that was no repeat happened, by the sensor's clock
  /// @param burstSince first change of a bounce that has not settled yet
  /// @param burstDue when that bounce will have settled if nothing more comes; before the first
  ///     reading, when one is no longer awaited
  /// @param expired whether it counts as inactive because its last active reading is no longer
  ///     valid
  /// @param reportsEnd whether the sensor reports the end of activity: known by its kind, or
  ///     because it once did; a sensor that only ever reports motion does not hold its level
  record Signal(
      Level raw,
      Level level,
      long changedAt,
      long stampedAt,
      long burstSince,
      long burstDue,
      boolean expired,
      boolean reportsEnd,
      SensorFault fault) {}

  /// How often the sensor changed lately: see [ChatterRule].
  ///
  /// @param changes of its level, or pulses
  /// @param statuses changes of its verdict between free and occupied
  /// @param trustedAt when it will be trusted again; [#NEVER] while it is trusted
  record Rates(LeakyBucket changes, LeakyBucket statuses, long trustedAt) {
    static final Rates NONE = new Rates(LeakyBucket.EMPTY, LeakyBucket.EMPTY, NEVER);
  }

  static SensorState unread(Verdict verdict, long since, DwellHistory history, boolean reportsEnd) {
    Signal signal =
        new Signal(
            Level.NONE,
            Level.NONE,
            since,
            since,
            NEVER,
            NEVER,
            false,
            reportsEnd,
            SensorFault.NONE);
    return new SensorState(
        verdict, since, verdict.words(), signal, NEVER, NEVER, NEVER, Rates.NONE, history);
  }

  /// The next state while one step computes it; the fields mean what they mean in the state. Never
  /// outlives the step.
  static final class Builder {
    Verdict verdict;
    long since;
    String reason;
    Level raw;
    Level level;
    long changedAt;
    long stampedAt;
    long burstSince;
    long burstDue;
    boolean expired;
    boolean reportsEnd;
    SensorFault fault;
    long activitySince;
    long absentSince;
    long lastReadingAt;
    LeakyBucket changes;
    LeakyBucket statuses;
    long trustedAt;
    private DwellHistory history;

    Builder(SensorState state) {
      verdict = state.verdict;
      since = state.since;
      reason = state.reason;
      raw = state.signal.raw;
      level = state.signal.level;
      changedAt = state.signal.changedAt;
      stampedAt = state.signal.stampedAt;
      burstSince = state.signal.burstSince;
      burstDue = state.signal.burstDue;
      expired = state.signal.expired;
      reportsEnd = state.signal.reportsEnd;
      fault = state.signal.fault;
      activitySince = state.activitySince;
      absentSince = state.absentSince;
      lastReadingAt = state.lastReadingAt;
      changes = state.rates.changes;
      statuses = state.rates.statuses;
      trustedAt = state.rates.trustedAt;
      history = state.history;
    }

    SensorState build() {
      return new SensorState(
          verdict,
          since,
          reason,
          new Signal(
              raw, level, changedAt, stampedAt, burstSince, burstDue, expired, reportsEnd, fault),
          activitySince,
          absentSince,
          lastReadingAt,
          new Rates(changes, statuses, trustedAt),
          history);
    }

    /// As [#conclude(Verdict, long, String)], for the verdict's usual cause.
    void conclude(Verdict changed, long at) {
      conclude(changed, at, changed == Verdict.FREE && expired ? EXPIRED : changed.words());
    }

    /// Sets the verdict as of `at`, but not before the present one began. The length of an
    /// occupancy that ends is added to the history.
    void conclude(Verdict changed, long at, String cause) {
      reason = cause;
      if (verdict == changed) {
        return;
      }
      long from = Math.max(at, since);
      if (verdict == Verdict.OCCUPIED && changed == Verdict.FREE) {
        history = history.with(from - since);
      }
      verdict = changed;
      since = from;
    }

    /// Discards what is not decided yet.
    void clearPending() {
      burstSince = NEVER;
      burstDue = NEVER;
      activitySince = NEVER;
      absentSince = NEVER;
    }

    /// Starts to count changes anew.
    ///
    /// @param trusted when the sensor will be trusted again; [#NEVER] if it is now
    void distrustUntil(long trusted) {
      changes = LeakyBucket.EMPTY;
      statuses = LeakyBucket.EMPTY;
      trustedAt = trusted;
    }

    /// Resets the signal to that of a sensor without a reading.
    void reset(long at) {
      if (fault == SensorFault.NONE && level == Level.ACTIVE && reportsEnd) {
        fault = SensorFault.LOST_WHILE_ACTIVE;
      }
      clearPending();
      raw = Level.NONE;
      level = Level.NONE;
      expired = false;
      changedAt = Math.max(changedAt, at);
      lastReadingAt = NEVER;
      distrustUntil(NEVER);
    }
  }
}
