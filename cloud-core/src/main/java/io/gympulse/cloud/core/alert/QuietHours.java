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

/// The hours without notifications: each day from `start` to `end` in a time zone. An end before
/// the start is on the next day; an end equal to the start means no quiet hours.
///
/// A start or end in the gap when clocks are set forward is at the moment of the change. If it
/// occurs twice because clocks are set back, quiet hours begin at the first and end at the second
/// occurrence. So each day's quiet hours are contiguous.
public record QuietHours(LocalTime start, LocalTime end, ZoneId zone) {

  /// The end of the quiet hours that contain this moment; empty if none do.
  public Optional<Instant> endAfter(Instant moment) {
    if (start.equals(end)) {
      return Optional.empty();
    }
    LocalDate today = moment.atZone(zone).toLocalDate();
    Optional<Instant> until = Optional.empty();
    // Two days back and ahead: where a zone skipped a day, its neighbours' quiet hours touch.
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
