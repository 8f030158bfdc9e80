package io.gympulse.cloud.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

  @ParameterizedTest
  @CsvSource({
    // an ordinary night in Berlin
    "Europe/Berlin, 22:00, 07:00, 2026-03-01T21:59+01:00, ",
    "Europe/Berlin, 22:00, 07:00, 2026-03-01T22:00+01:00, 2026-03-02T07:00+01:00",
    "Europe/Berlin, 22:00, 07:00, 2026-03-02T06:59+01:00, 2026-03-02T07:00+01:00",
    "Europe/Berlin, 22:00, 07:00, 2026-03-02T07:00+01:00, ",
    // by day
    "Europe/Berlin, 13:00, 15:00, 2026-03-01T14:00+01:00, 2026-03-01T15:00+01:00",
    "Europe/Berlin, 13:00, 15:00, 2026-03-01T12:59+01:00, ",
    // no quiet hours
    "Europe/Berlin, 22:00, 22:00, 2026-03-01T22:00+01:00, ",
    // the night itself is an hour shorter, or longer
    "Europe/Berlin, 22:00, 07:00, 2026-03-28T23:00+01:00, 2026-03-29T07:00+02:00",
    "Europe/Berlin, 22:00, 07:00, 2026-10-24T23:00+02:00, 2026-10-25T07:00+01:00",
    // an end within the gap is the moment of the change
    "Europe/Berlin, 22:00, 02:30, 2026-03-29T01:59+01:00, 2026-03-29T03:00+02:00",
    "Europe/Berlin, 22:00, 02:30, 2026-03-29T03:00+02:00, ",
    // so is a start
    "Europe/Berlin, 02:30, 07:00, 2026-03-29T01:59+01:00, ",
    "Europe/Berlin, 02:30, 07:00, 2026-03-29T03:00+02:00, 2026-03-29T07:00+02:00",
    // both within the gap: none that day
    "Europe/Berlin, 02:10, 02:50, 2026-03-29T03:00+02:00, ",
    // shown twice: quiet to the second end
    "Europe/Berlin, 22:00, 02:30, 2026-10-25T02:29+02:00, 2026-10-25T02:30+01:00",
    "Europe/Berlin, 22:00, 02:30, 2026-10-25T02:45+02:00, 2026-10-25T02:30+01:00",
    "Europe/Berlin, 22:00, 02:30, 2026-10-25T02:30+01:00, ",
    // shown twice: quiet from the first start
    "Europe/Berlin, 02:30, 07:00, 2026-10-25T02:29+02:00, ",
    "Europe/Berlin, 02:30, 07:00, 2026-10-25T02:30+02:00, 2026-10-25T07:00+01:00",
    "Europe/Berlin, 02:30, 07:00, 2026-10-25T02:10+01:00, 2026-10-25T07:00+01:00",
    // Lord Howe moves by half an hour: 02:00 to 02:30 does not exist in October ...
    "Australia/Lord_Howe, 22:00, 02:15, 2026-10-04T01:59+10:30, 2026-10-04T02:30+11:00",
    "Australia/Lord_Howe, 22:00, 02:15, 2026-10-04T02:30+11:00, ",
    // ... and 01:30 to 02:00 exists twice in April
    "Australia/Lord_Howe, 22:00, 01:45, 2026-04-05T01:45+11:00, 2026-04-05T01:45+10:30",
    "Australia/Lord_Howe, 22:00, 01:45, 2026-04-05T01:45+10:30, ",
    "Australia/Lord_Howe, 01:45, 06:00, 2026-04-05T01:44+11:00, ",
    "Australia/Lord_Howe, 01:45, 06:00, 2026-04-05T01:30+10:30, 2026-04-05T06:00+10:30",
    // Cairo skips the first hour of the day
    "Africa/Cairo, 20:00, 00:30, 2026-04-23T23:30+02:00, 2026-04-24T01:00+03:00",
    "Africa/Cairo, 20:00, 00:30, 2026-04-24T01:00+03:00, ",
    "Africa/Cairo, 00:00, 06:00, 2026-04-24T01:00+03:00, 2026-04-24T06:00+03:00",
    // Apia skipped a whole day
    "Pacific/Apia, 22:00, 07:00, 2011-12-29T23:00-10:00, 2011-12-31T07:00+14:00",
  })
  void quiet_hours_go_by_the_clocks_of_the_zone(
      String zone, String start, String end, String moment, String until) {
    QuietHours hours =
        new QuietHours(LocalTime.parse(start), LocalTime.parse(end), ZoneId.of(zone));
    assertThat(hours.endAfter(instant(moment)).map(Instant::toString))
        .isEqualTo(Optional.ofNullable(until).map(it -> instant(it).toString()));
  }

  @Test
  void the_end_is_never_quiet_itself_and_every_moment_before_it_is() {
    for (String zone : new String[] {"Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo"}) {
      QuietHours hours = new QuietHours(LocalTime.of(21, 40), LocalTime.of(2, 20), ZoneId.of(zone));
      Instant moment = LocalDateTime.parse("2018-01-01T00:00").toInstant(ZoneOffset.UTC);
      Instant last = moment.plusSeconds(366L * 24 * 3600);
      while (moment.isBefore(last)) {
        Instant now = moment;
        hours
            .endAfter(now)
            .ifPresent(
                end -> {
                  assertThat(hours.endAfter(end)).as("%s %s", zone, end).isEmpty();
                  assertThat(hours.endAfter(end.minusMillis(1))).hasValue(end);
                  assertThat(end).isAfter(now).isBefore(now.plusSeconds(8 * 3600));
                });
        moment = moment.plusSeconds(20 * 60);
      }
    }
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
