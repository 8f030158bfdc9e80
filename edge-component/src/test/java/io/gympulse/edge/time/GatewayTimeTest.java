package io.gympulse.edge.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.TimeQuality;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayTimeTest {
  private static final BootId FIRST = new BootId("first");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LONG_AGO = Instant.parse("1970-01-01T00:00:30Z");

  private final ManualClocks clocks = new ManualClocks(FIRST, NOON, true);

  @Test
  void a_synchronised_clock_gives_a_final_wall_time() {
    GatewayTime time = new GatewayTime(clocks);
    clocks.advance(Duration.ofSeconds(90));

    assertThat(time.stamp(time.instant()))
        .isEqualTo(
            new Stamp(
                FIRST,
                Duration.ofSeconds(90),
                Optional.of(new Stamp.Wall(NOON.plusSeconds(90), TimeQuality.SYNCED))));
  }

  @Test
  void an_unsynchronised_clock_gives_none() {
    clocks.setWall(LONG_AGO, false);
    GatewayTime time = new GatewayTime(clocks);
    clocks.advance(Duration.ofSeconds(5));

    Stamp stamp = time.stamp(time.instant());

    assertThat(stamp).isEqualTo(new Stamp(FIRST, Duration.ofSeconds(5), Optional.empty()));
    assertThat(time.wall(time.instant())).isEmpty();
    assertThat(time.displayedWall(time.instant())).isEqualTo(LONG_AGO.plusSeconds(5));
  }

  @Test
  void the_timeline_runs_evenly_whatever_the_wall_clock_does() {
    GatewayTime time = new GatewayTime(clocks);
    Instant start = time.instant();
    clocks.advance(Duration.ofSeconds(1));
    clocks.setWall(NOON.plus(Duration.ofDays(365)), false);
    clocks.advance(Duration.ofSeconds(1));
    clocks.setWall(NOON.minus(Duration.ofHours(1)), true);
    clocks.advance(Duration.ofSeconds(1));

    assertThat(time.instant()).isEqualTo(start.plusSeconds(3));
  }

  @Test
  void an_instant_before_the_synchronisation_gets_its_wall_time_afterwards() {
    clocks.setWall(LONG_AGO, false);
    GatewayTime time = new GatewayTime(clocks);
    Instant early = time.instant();
    Stamp unknown = time.stamp(early);
    clocks.advance(Duration.ofMinutes(10));
    clocks.setWall(NOON, true);

    Instant booted = time.bootedAt().orElseThrow();

    assertThat(booted).isEqualTo(NOON.minus(Duration.ofMinutes(10)));
    assertThat(unknown.bootedAt(booted, TimeQuality.CORRECTED).wall())
        .contains(new Stamp.Wall(NOON.minus(Duration.ofMinutes(10)), TimeQuality.CORRECTED));
    assertThat(time.wall(early)).contains(NOON.minus(Duration.ofMinutes(10)));
  }

  @Test
  void small_corrections_keep_wall_times_in_order() {
    GatewayTime time = new GatewayTime(clocks);
    clocks.advance(Duration.ofSeconds(10));
    Instant moment = time.instant();
    assertThat(time.wall(moment)).contains(NOON.plusSeconds(10));
    clocks.setWall(NOON.plusSeconds(10).minusMillis(1_500), true);

    assertThat(time.wall(moment)).contains(NOON.plusSeconds(10));
    assertThat(time.wall(moment.minusSeconds(5))).contains(NOON.plusSeconds(5));

    clocks.advance(Duration.ofSeconds(1));
    assertThat(time.wall(time.instant())).contains(NOON.plusSeconds(10));

    clocks.advance(Duration.ofSeconds(1));
    assertThat(time.wall(time.instant())).contains(NOON.plusMillis(10_500));
  }

  @Test
  void a_forward_step_does_not_move_the_watermark() {
    GatewayTime time = new GatewayTime(clocks);
    clocks.advance(Duration.ofMinutes(1));
    Stamp mark = time.stamp(time.instant());
    clocks.setWall(NOON.plusSeconds(60).plusMillis(1_900), true);

    assertThat(time.watermark(mark)).contains(NOON.plusSeconds(60));
  }

  @Test
  void no_wall_time_is_before_the_watermark_of_an_earlier_process() {
    Stamp mark = stampAfter(Duration.ofMinutes(1));
    clocks.setWall(NOON.plusSeconds(59), true);
    GatewayTime next = new GatewayTime(clocks);
    next.restoreWatermark(mark);

    assertThat(next.wall(next.instant())).contains(NOON.plusSeconds(60));
    clocks.advance(Duration.ofMillis(1_500));
    assertThat(next.wall(next.instant())).contains(NOON.plusMillis(60_500));
  }

  @Test
  void a_clock_that_is_set_back_far_is_followed() {
    GatewayTime time = new GatewayTime(clocks);
    clocks.advance(Duration.ofSeconds(10));
    var _ = time.watermark(time.stamp(time.instant()));
    clocks.setWall(NOON.minus(Duration.ofHours(1)), true);

    assertThat(time.wall(time.instant())).contains(NOON.minus(Duration.ofHours(1)));
  }

  @Test
  void the_jitter_of_reading_two_clocks_has_no_effect_on_stamps() {
    GatewayTime time = new GatewayTime(clocks);
    clocks.advance(Duration.ofSeconds(1));
    Instant moment = time.instant();
    Instant first = time.wall(moment).orElseThrow();
    clocks.setWall(NOON.plusSeconds(1).plus(GatewayTime.TOLERANCE), true);

    assertThat(time.wall(moment)).contains(first);

    clocks.setWall(NOON.plusMillis(1_001).plus(GatewayTime.TOLERANCE), true);
    assertThat(time.wall(moment)).contains(first.plus(GatewayTime.TOLERANCE).plusMillis(1));
  }

  @Test
  void a_stamp_of_this_boot_is_placed_on_the_timeline_of_any_process() {
    GatewayTime time = new GatewayTime(clocks);
    clocks.advance(Duration.ofMinutes(2));
    Instant moment = time.instant();
    Stamp stamp = time.stamp(moment);
    clocks.setWall(LONG_AGO, false);
    GatewayTime next = new GatewayTime(clocks);
    clocks.advance(Duration.ofSeconds(30));

    assertThat(Duration.between(next.toTimeline(stamp), next.instant()))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void a_stamp_of_another_boot_lies_before_this_one() {
    GatewayTime time = new GatewayTime(clocks);
    clocks.advance(Duration.ofMinutes(2));
    Stamp known = time.stamp(time.instant());
    clocks.reboot(new BootId("second"), NOON.plusSeconds(600), true);
    GatewayTime next = new GatewayTime(clocks);

    assertThat(next.toTimeline(known)).isEqualTo(next.instant().minusSeconds(480));
    assertThat(next.toTimeline(new Stamp(FIRST, Duration.ofHours(9), Optional.empty())))
        .isEqualTo(next.instant());
  }

  private Stamp stampAfter(Duration since) {
    GatewayTime time = new GatewayTime(clocks);
    clocks.advance(since);
    return time.stamp(time.instant());
  }
}
