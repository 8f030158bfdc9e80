package io.gympulse.edge.occupancy;

/// Everything remembered of one sensor; times are epoch milliseconds, [#NEVER] if there is none.
///
/// @param since since when the belief holds
/// @param judgedSince since when the belief's verdict on the sensor holds
/// @param contact what the sensor said
/// @param runSince for a pulse sensor: when the present activity began
/// @param releaseSince when the absence began that is not yet believed
/// @param heardAt when it was last noted that it said anything, only if its silence is judged
/// @param restless while it is believed, the leaky bucket of [RestlessRule]; else when it will be
///     calm
/// @param countedAt when a change was last counted as one of those
record SensorState(
    Belief belief,
    long since,
    long judgedSince,
    Contact contact,
    long runSince,
    long releaseSince,
    long heardAt,
    long restless,
    long countedAt,
    DwellHistory history) {
  static final long NEVER = Long.MAX_VALUE;

  enum Level {
    NONE,
    INACTIVE,
    ACTIVE
  }

  /// What was amiss with a sensor when it was heard last.
  enum Doubt {
    NONE,
    /// It was active and would have said that this ended; nothing but a reading tells whether.
    HELD,
    /// It was silent for too long; nothing but a reading shows that it lives.
    DEAD,
    /// It was active for too long; it is stuck until it says that this ended.
    STUCK
  }

  /// @param heard the last raw reading
  /// @param level the last settled reading
  /// @param changedAt when the level changed
  /// @param burstSince when the raw readings began to differ, if they have not settled since
  /// @param burstDue when they will have settled
  /// @param reportsEnd whether it says when activity ends, by its kind or as it once did; a sensor
  ///     that only ever says "somebody moved" does not hold its level
  /// @param doubt why its source's word alone is not enough to conclude anything
  record Contact(
      Level heard,
      Level level,
      long changedAt,
      long burstSince,
      long burstDue,
      boolean reportsEnd,
      Doubt doubt) {}

  static SensorState unread(Belief belief, long since, DwellHistory history, boolean reportsEnd) {
    Contact contact =
        new Contact(Level.NONE, Level.NONE, since, NEVER, NEVER, reportsEnd, Doubt.NONE);
    return new SensorState(
        belief, since, since, contact, NEVER, NEVER, NEVER, since, NEVER, history);
  }
}
