package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final Instant START = Instant.parse("2026-03-03T16:00:00Z");

  @Test
  void once_is_kept_by_one_telling_and_broken_by_a_second() {
    List<FreePeriod> periods = List.of(period(0, 50), period(100, 150));
    OnlyOnce once = new OnlyOnce();
    assertThat(once.judge(periods, calm(), List.of()).missed()).containsExactly(period(0, 50));
    assertThat(once.judge(periods, calm(), List.of(telling("b", 100, 101))).whole()).isTrue();
    List<Telling> both = List.of(telling("a", 0, 1), telling("b", 100, 101));
    assertThat(once.judge(periods, calm(), both).doubled()).isEqualTo(1);
    assertThat(once.judge(periods, killedAt(1), both).doubled()).isZero();
  }

  @Test
  void a_cooldown_excuses_silence_and_forbids_tellings() {
    WithRests rests = new WithRests(Duration.ofSeconds(60));
    List<FreePeriod> periods = List.of(period(0, 20), period(40, 70), period(100, 150));
    assertThat(rests.judge(periods, calm(), List.of(telling("a", 0, 5))).missed())
        .containsExactly(period(100, 150));
    assertThat(
            rests
                .judge(periods, calm(), List.of(telling("a", 0, 5), telling("c", 100, 101)))
                .whole())
        .isTrue();
    List<Telling> tooSoon =
        List.of(telling("a", 0, 5), telling("b", 40, 41), telling("c", 100, 101));
    assertThat(rests.judge(periods, calm(), tooSoon).doubled()).isEqualTo(1);
  }

  @Test
  void quiet_hours_delay_to_their_end_what_is_still_free() {
    OutsideQuietHours quiet = new OutsideQuietHours(at(100), at(200), ZoneId.of("UTC"));
    FreePeriod before = period(0, 90);
    FreePeriod within = period(110, 190);
    FreePeriod beyond = period(120, 260);
    List<FreePeriod> periods = List.of(before, within, beyond);
    assertThat(quiet.judge(periods, calm(), List.of()).missed()).containsExactly(before, beyond);
    List<Telling> kept = List.of(telling("a", 0, 1), telling("c", 120, 201));
    assertThat(quiet.judge(periods, calm(), kept).whole()).isTrue();
    List<Telling> early = List.of(telling("a", 0, 1), telling("c", 120, 121));
    assertThat(quiet.judge(periods, calm(), early).doubled()).isEqualTo(1);
  }

  @Test
  void quiet_hours_are_told_in_their_zone() {
    ObjectNode alert = JsonNodeFactory.instance.objectNode();
    new OutsideQuietHours(START, START.plusSeconds(1800), ZoneId.of("Asia/Kolkata")).ask(alert);
    assertThat(alert.path("quiet_hours").path("start").asText()).isEqualTo("21:30");
    assertThat(alert.path("quiet_hours").path("end").asText()).isEqualTo("22:00");
    assertThat(alert.path("zone").asText()).isEqualTo("Asia/Kolkata");
  }

  private static Agreement.Calm calm() {
    return killedAt(-1);
  }

  /// All ran, but for a kill at one second.
  private static Agreement.Calm killedAt(long second) {
    return new Agreement.Calm() {
      @Override
      public boolean hadToBeNoticed(FreePeriod period) {
        return true;
      }

      @Override
      public boolean hadTime(FreePeriod rest) {
        return true;
      }

      @Override
      public boolean isNoted(Telling telling) {
        return !telling.at().equals(at(second));
      }
    };
  }

  private static FreePeriod period(long from, long to) {
    return new FreePeriod("bike", at(from), at(to));
  }

  private static Telling telling(String delivery, long since, long at) {
    return new Telling(delivery, "bike", at(since), at(at));
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
