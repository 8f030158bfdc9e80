package io.gympulse.cloud.core.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/// When somebody does not want to be told: each day from `start` to `end` by the clocks of a zone.
/// An end before the start is the next day's; an end equal to the start means no quiet hours.
///
/// Where clocks are put forward past a start or an end, it is the moment at which they are; where
/// they are put back over it, so that it is shown twice, quiet begins at the first and ends at the
/// second. So each day's quiet hours are one piece.
public record QuietHours(LocalTime start, LocalTime end, ZoneId zone) {

  /// When the quiet hours in which this moment lies are over; empty if it lies in none.
  public Optional<Instant> endAfter(Instant moment) {
    if (start.equals(end)) {
      return Optional.empty();
    }
    LocalDate today = moment.atZone(zone).toLocalDate();
    Optional<Instant> until = Optional.empty();
    // Two days back and ahead: where a day was skipped, the pieces of its neighbours touch.
    for (LocalDate day = today.minusDays(2); !day.isAfter(today.plusDays(2)); ) {
      Instant now = until.orElse(moment);
      Instant begins = begin(day);
      Instant ends = end(start.isBefore(end) ? day : day.plusDays(1));
      if (!begins.isAfter(now) && ends.isAfter(now)) {
        until = Optional.of(ends);
      }
      day = day.plusDays(1);
    }
    return until;
  }

  private Instant begin(LocalDate day) {
    return moment(day.atTime(start), true);
  }

  private Instant end(LocalDate day) {
    return moment(day.atTime(end), false);
  }

  private Instant moment(LocalDateTime shown, boolean first) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(shown);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition gap = zone.getRules().getTransition(shown);
      return gap.getInstant();
    }
    return shown.toInstant(first ? offsets.getFirst() : offsets.getLast());
  }
}
