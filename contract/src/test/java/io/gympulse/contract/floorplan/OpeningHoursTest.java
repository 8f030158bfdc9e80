package io.gympulse.contract.floorplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.floorplan.OpeningHours.Interval;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningHoursTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Zurich");

  /// Monday with a break at noon, Friday until two in the morning, the whole Saturday.
  private static final OpeningHours HOURS =
      new OpeningHours(
          ZONE,
          Map.of(
              DayOfWeek.MONDAY,
              List.of(Interval.parse("06:00-12:00"), Interval.parse("14:00-22:30")),
              DayOfWeek.FRIDAY,
              List.of(Interval.parse("18:00-02:00")),
              DayOfWeek.SATURDAY,
              List.of(Interval.parse("00:00-24:00"))));

  @ParameterizedTest
  @CsvSource({
    "2026-07-06T05:59:59, false",
    "2026-07-06T06:00:00, true",
    "2026-07-06T12:00:00, false",
    "2026-07-06T22:29:59, true",
    "2026-07-06T22:30:00, false",
    "2026-07-07T10:00:00, false",
    "2026-07-10T18:00:00, true",
    "2026-07-11T01:59:59, true",
    "2026-07-11T23:59:59, true",
    "2026-07-12T00:00:00, false"
  })
  void a_gym_is_open_by_its_local_time(String local, boolean open) {
    assertThat(HOURS.isOpen(at(local))).isEqualTo(open);
  }

  @Test
  void a_gym_was_closed_if_it_was_at_no_minute_open() {
    Duration half = Duration.ofMinutes(30);
    assertThat(HOURS.wasClosed(at("2026-07-06T12:29:00"), half)).isFalse();
    assertThat(HOURS.wasClosed(at("2026-07-06T12:30:00"), half)).isTrue();
    assertThat(HOURS.wasClosed(at("2026-07-06T14:00:00"), half)).isFalse();
  }

  @Test
  void the_end_of_a_night_is_on_the_next_day() {
    assertThat(Interval.parse("18:00-02:00")).isEqualTo(new Interval(18 * 60, 26 * 60));
    assertThat(Interval.parse("06:00-06:00")).isEqualTo(new Interval(360, 1_800));
    for (String text : List.of("18:00-02:00", "00:00-24:00", "06:00-06:00", "07:05-23:59")) {
      assertThat(Interval.parse(text).text()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "6-23", "06:00", "06:00-24:01", "06:60-07:00", "24:00-02:00", "25:00-26:00"})
  void anything_else_is_refused_with_an_example(String text) {
    assertThatThrownBy(() -> Interval.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as 06:00-23:00");
  }

  private static Instant at(String local) {
    return ZonedDateTime.of(LocalDateTime.parse(local), ZONE).toInstant();
  }
}
