package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Events in the cloud's future are rejected until their time has come. However many they are, and
/// however long that lasts, nothing else waits for them.
class ClockFaultProperties {
  private static final long SECOND = 1_000_000_000L;

  /// Longer than the cloud takes to answer.
  private static final long PROMPT = SECOND;

  @Property(tries = 40)
  void a_lasting_clock_fault_delays_nothing_else(
      @ForAll @IntRange(max = 400) int faulty, @ForAll @IntRange(min = 1, max = 30) int seconds) {
    ClockFaultCloud cloud = new ClockFaultCloud(faulty);
    for (int i = 0; i < faulty; i++) {
      cloud.append(1);
      cloud.pass(seconds * SECOND);
    }
    delaysNothing(cloud);
  }

  @Example
  void five_batches_in_the_future_delay_nothing_else() {
    faultyAtOnce(5);
  }

  @Example
  void sixty_batches_in_the_future_delay_nothing_else() {
    faultyAtOnce(60);
  }

  @Example
  void four_hundred_batches_in_the_future_delay_nothing_else() {
    faultyAtOnce(400);
  }

  @Property(tries = 20)
  void events_in_the_future_are_stored_once_their_time_has_come(
      @ForAll @IntRange(min = 1, max = 400) int faulty) {
    ClockFaultCloud cloud = new ClockFaultCloud(faulty);
    cloud.append(faulty);
    cloud.pass(600 * SECOND);
    assertThat(cloud.storedAt(1)).isEmpty();
    cloud.endClockFault();
    cloud.pass(400 * SECOND);
    for (int seq = 1; seq <= faulty; seq++) {
      assertThat(cloud.storedAt(seq)).isPresent();
    }
  }

  @Example
  void events_rejected_for_their_time_are_sent_again_rarely() {
    ClockFaultCloud cloud = new ClockFaultCloud(400);
    for (int i = 0; i < 400; i++) {
      cloud.append(1);
      cloud.pass(SECOND);
    }
    int before = cloud.batches();
    cloud.pass(3_600 * SECOND);
    assertThat(cloud.batches() - before).isBetween(10, 3_600 / 30);
  }

  private static void faultyAtOnce(int batches) {
    ClockFaultCloud cloud = new ClockFaultCloud(batches);
    for (int i = 0; i < batches; i++) {
      cloud.append(1);
      cloud.pass(SECOND / 10);
    }
    delaysNothing(cloud);
  }

  private static void delaysNothing(ClockFaultCloud cloud) {
    cloud.loseNext();
    long lost = cloud.append(1);
    long lostAt = cloud.now();
    cloud.pass(35 * SECOND);
    assertThat(cloud.storedAt(lost).orElseThrow() - lostAt).isLessThan(30 * SECOND + PROMPT);

    long late = cloud.appendWithoutWallTime(20_000);
    cloud.pass(120 * SECOND);
    long readyAt = cloud.now();
    cloud.assignWallTimes();
    cloud.pass(10 * SECOND);
    assertThat(cloud.storedAt(late).orElseThrow() - readyAt).isLessThan(10 * SECOND);

    for (int i = 0; i < 300; i++) {
      long at = cloud.now();
      long live = cloud.append(1);
      cloud.pass(SECOND / 2);
      assertThat(cloud.storedAt(live).orElseThrow() - at).isLessThan(PROMPT / 2);
    }
  }
}
