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
record SensorState(
    Belief belief,
    long since,
    long judgedSince,
    Contact contact,
    long runSince,
    long releaseSince,
    long heardAt,
    long restless,
    DwellHistory history) {
  static final long NEVER = Long.MAX_VALUE;

  enum Level {
    NONE,
    INACTIVE,
    ACTIVE
  }

  /// @param heard the last raw reading
  /// @param level the last settled reading
  /// @param changedAt when the level changed
  /// @param burstSince when the raw readings began to differ, if they have not settled since
  /// @param burstDue when they will have settled
  /// @param reportsEnd whether it ever said that activity ended; a sensor that only ever says
  ///     "somebody moved" does not hold its level
  record Contact(
      Level heard,
      Level level,
      long changedAt,
      long burstSince,
      long burstDue,
      boolean reportsEnd) {}

  static SensorState unread(Belief belief, long since, DwellHistory history) {
    Contact contact = new Contact(Level.NONE, Level.NONE, since, NEVER, NEVER, false);
    return new SensorState(belief, since, since, contact, NEVER, NEVER, NEVER, since, history);
  }
}
