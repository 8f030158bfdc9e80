package io.gympulse.cloud.core.forecast;

import io.gympulse.cloud.core.aggregate.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// A quarter of an hour of the local week, from Monday 00:00. After a change of the clock the same
/// local time is the same slot; the hour that is repeated in autumn falls into its slots twice.
public final class WeekSlot {
  /// How many slots a week has.
  public static final int COUNT = 7 * 24 * 4;

  private static final int PER_DAY = 24 * 4;
  private static final int MINUTES = (int) Window.LENGTH.toMinutes();

  private WeekSlot() {}

  /// The number of the slot that contains a moment, 0 to [#COUNT] - 1.
  public static int of(Instant at, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    int minuteOfDay = local.getHour() * 60 + local.getMinute();
    return (local.getDayOfWeek().getValue() - 1) * PER_DAY + minuteOfDay / MINUTES;
  }
}
