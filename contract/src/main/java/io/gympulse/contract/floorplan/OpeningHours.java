package io.gympulse.contract.floorplan;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a gym is open, by its local time. Immutable.
///
/// @param zone the gym's time zone
/// @param days the intervals that begin on a day; none on a day that is absent; at least one in all
public record OpeningHours(ZoneId zone, Map<DayOfWeek, List<Interval>> days) {
  private static final int MINUTES_OF_DAY = 1_440;
  private static final Duration STEP = Duration.ofMinutes(1);

  public OpeningHours {
    Map<DayOfWeek, List<Interval>> copy = new EnumMap<>(DayOfWeek.class);
    days.forEach(
        (day, intervals) -> {
          if (!intervals.isEmpty()) {
            copy.put(day, List.copyOf(intervals));
          }
        });
    if (copy.isEmpty()) {
      throw new IllegalArgumentException("a gym that is never open; leave its hours out");
    }
    days = Map.copyOf(copy);
  }

  /// From one time of a day to a later one, of that day or the next.
  ///
  /// @param from minutes since the day began, 0 to 1439
  /// @param to minutes since the day began, more than `from` and at most 1440 more
  public record Interval(int from, int to) {
    private static final Pattern TEXT = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");

    public Interval {
      if (from < 0 || from >= MINUTES_OF_DAY || to <= from || to > from + MINUTES_OF_DAY) {
        throw new IllegalArgumentException("minutes %d to %d of a day".formatted(from, to));
      }
    }

    /// Reads `06:00-23:00`. An end that is not after the start is on the next day; `24:00` is the
    /// end of the day.
    ///
    /// @throws IllegalArgumentException if the text is anything else
    public static Interval parse(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        throw invalid(text);
      }
      int from = minutes(matcher.group(1), matcher.group(2), text);
      int to = minutes(matcher.group(3), matcher.group(4), text);
      if (from == MINUTES_OF_DAY) {
        throw invalid(text);
      }
      return new Interval(from, to > from ? to : to + MINUTES_OF_DAY);
    }

    private static int minutes(String hours, String minutes, String text) {
      int minute = Integer.parseInt(minutes);
      int result = Integer.parseInt(hours) * 60 + minute;
      if (minute >= 60 || result > MINUTES_OF_DAY) {
        throw invalid(text);
      }
      return result;
    }

    private static IllegalArgumentException invalid(String text) {
      return new IllegalArgumentException(
          "'%s' is not a time from 00:00 to 24:00 and another, such as 06:00-23:00"
              .formatted(text));
    }

    /// The text that [#parse] reads.
    public String text() {
      int end = to > MINUTES_OF_DAY ? to - MINUTES_OF_DAY : to;
      return "%02d:%02d-%02d:%02d".formatted(from / 60, from % 60, end / 60, end % 60);
    }
  }

  /// The name of a day in floor-plan files: `mon` to `sun`.
  public static String wireName(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  public boolean isOpen(Instant at) {
    LocalDateTime local = LocalDateTime.ofInstant(at, zone);
    int minute = local.getHour() * 60 + local.getMinute();
    return contains(local.getDayOfWeek(), minute)
        || contains(local.getDayOfWeek().minus(1), minute + MINUTES_OF_DAY);
  }

  private boolean contains(DayOfWeek day, int minute) {
    return Optional.ofNullable(days.get(day)).stream()
        .flatMap(List::stream)
        .anyMatch(it -> it.from() <= minute && minute < it.to());
  }

  /// Whether the gym was closed at `at` and for all of some time before.
  ///
  /// @param before whole minutes; the effort grows with their number
  public boolean wasClosed(Instant at, Duration before) {
    Instant first = at.minus(before);
    for (Instant each = at; !each.isBefore(first); each = each.minus(STEP)) {
      if (isOpen(each)) {
        return false;
      }
    }
    return true;
  }
}
