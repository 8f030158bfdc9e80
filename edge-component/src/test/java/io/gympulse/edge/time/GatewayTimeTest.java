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
  void aSynchronisedClockGivesAFinalWallTime() {
    GatewayTime time = new GatewayTime(clocks, clocks);
    clocks.pass(Duration.ofSeconds(90));

    assertThat(time.stamp(time.instant()))
        .isEqualTo(
            new Stamp(
                FIRST,
                Duration.ofSeconds(90),
                Optional.of(new Stamp.Wall(NOON.plusSeconds(90), TimeQuality.SYNCED))));
  }

  @Test
  void anUnsynchronisedClockGivesNone() {
    clocks.set(LONG_AGO, false);
    GatewayTime time = new GatewayTime(clocks, clocks);
    clocks.pass(Duration.ofSeconds(5));

    Stamp stamp = time.stamp(time.instant());

    assertThat(stamp).isEqualTo(new Stamp(FIRST, Duration.ofSeconds(5), Optional.empty()));
    assertThat(time.wall(time.instant())).isEmpty();
    assertThat(time.shown(time.instant())).isEqualTo(LONG_AGO.plusSeconds(5));
  }

  @Test
  void theLineRunsOnEvenlyWhateverTheWallClockDoes() {
    GatewayTime time = new GatewayTime(clocks, clocks);
    Instant start = time.instant();
    clocks.pass(Duration.ofSeconds(1));
    clocks.set(NOON.plus(Duration.ofDays(365)), false);
    clocks.pass(Duration.ofSeconds(1));
    clocks.set(NOON.minus(Duration.ofHours(1)), true);
    clocks.pass(Duration.ofSeconds(1));

    assertThat(time.instant()).isEqualTo(start.plusSeconds(3));
  }

  @Test
  void aMomentBeforeTheSynchronisationIsToldByTheClockOfAfter() {
    clocks.set(LONG_AGO, false);
    GatewayTime time = new GatewayTime(clocks, clocks);
    Instant early = time.instant();
    Stamp unknown = time.stamp(early);
    clocks.pass(Duration.ofMinutes(10));
    clocks.set(NOON, true);

    Instant booted = time.bootedAt().orElseThrow();

    assertThat(booted).isEqualTo(NOON.minus(Duration.ofMinutes(10)));
    assertThat(unknown.bootedAt(booted, TimeQuality.CORRECTED).wall())
        .contains(new Stamp.Wall(NOON.minus(Duration.ofMinutes(10)), TimeQuality.CORRECTED));
    assertThat(time.wall(early)).contains(NOON.minus(Duration.ofMinutes(10)));
  }

  @Test
  void smallCorrectionsPutNothingBeforeWhatCameBefore() {
    GatewayTime time = new GatewayTime(clocks, clocks);
    clocks.pass(Duration.ofSeconds(10));
    Instant moment = time.instant();
    assertThat(time.wall(moment)).contains(NOON.plusSeconds(10));
    clocks.set(NOON.plusSeconds(10).minusMillis(1_500), true);

    assertThat(time.wall(moment)).contains(NOON.plusSeconds(10));
    assertThat(time.wall(moment.minusSeconds(5))).contains(NOON.plusSeconds(5));

    clocks.pass(Duration.ofSeconds(1));
    assertThat(time.wall(time.instant())).contains(NOON.plusSeconds(10));

    clocks.pass(Duration.ofSeconds(1));
    assertThat(time.wall(time.instant())).contains(NOON.plusMillis(10_500));
  }

  @Test
  void aForwardStepDoesNotCarryTheMarkWithIt() {
    GatewayTime time = new GatewayTime(clocks, clocks);
    clocks.pass(Duration.ofMinutes(1));
    Stamp mark = time.stamp(time.instant());
    clocks.set(NOON.plusSeconds(60).plusMillis(1_900), true);

    assertThat(time.vouch(mark)).contains(NOON.plusSeconds(60));
  }

  @Test
  void nothingComesBeforeWhatWasVouchedForByAnEarlierProcess() {
    Stamp mark = stampAfter(Duration.ofMinutes(1));
    clocks.set(NOON.plusSeconds(59), true);
    GatewayTime next = new GatewayTime(clocks, clocks);
    next.vouchedBefore(mark);

    assertThat(next.wall(next.instant())).contains(NOON.plusSeconds(60));
    clocks.pass(Duration.ofMillis(1_500));
    assertThat(next.wall(next.instant())).contains(NOON.plusMillis(60_500));
  }

  @Test
  void aClockThatIsSetBackFarIsBelieved() {
    GatewayTime time = new GatewayTime(clocks, clocks);
    clocks.pass(Duration.ofSeconds(10));
    var _ = time.vouch(time.stamp(time.instant()));
    clocks.set(NOON.minus(Duration.ofHours(1)), true);

    assertThat(time.wall(time.instant())).contains(NOON.minus(Duration.ofHours(1)));
  }

  @Test
  void theJitterOfReadingTwoClocksDoesNotReachTheStamps() {
    GatewayTime time = new GatewayTime(clocks, clocks);
    clocks.pass(Duration.ofSeconds(1));
    Instant moment = time.instant();
    Instant first = time.wall(moment).orElseThrow();
    clocks.set(NOON.plusSeconds(1).plus(GatewayTime.TOLERANCE), true);

    assertThat(time.wall(moment)).contains(first);

    clocks.set(NOON.plusMillis(1_001).plus(GatewayTime.TOLERANCE), true);
    assertThat(time.wall(moment)).contains(first.plus(GatewayTime.TOLERANCE).plusMillis(1));
  }

  @Test
  void aStampOfThisBootHasItsPlaceOnTheLineOfAnyProcess() {
    GatewayTime time = new GatewayTime(clocks, clocks);
    clocks.pass(Duration.ofMinutes(2));
    Instant moment = time.instant();
    Stamp stamp = time.stamp(moment);
    clocks.set(LONG_AGO, false);
    GatewayTime next = new GatewayTime(clocks, clocks);
    clocks.pass(Duration.ofSeconds(30));

    assertThat(Duration.between(next.onLine(stamp), next.instant()))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aStampOfAnotherBootLiesBeforeThisOne() {
    GatewayTime time = new GatewayTime(clocks, clocks);
    clocks.pass(Duration.ofMinutes(2));
    Stamp known = time.stamp(time.instant());
    clocks.reboot(new BootId("second"), NOON.plusSeconds(600), true);
    GatewayTime next = new GatewayTime(clocks, clocks);

    assertThat(next.onLine(known)).isEqualTo(next.instant().minusSeconds(480));
    assertThat(next.onLine(new Stamp(FIRST, Duration.ofHours(9), Optional.empty())))
        .isEqualTo(next.instant());
  }

  private Stamp stampAfter(Duration since) {
    GatewayTime time = new GatewayTime(clocks, clocks);
    clocks.pass(since);
    return time.stamp(time.instant());
  }
}
