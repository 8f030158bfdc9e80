package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Events of a time that has yet to come are refused until it has. However many they are, and
/// however long that lasts, nothing else waits for them.
class ClockFaultProperties {
  private static final long SECOND = 1_000_000_000L;

  /// How long the cloud may take to answer, and a bit.
  private static final long PROMPT = SECOND;

  @Property(tries = 40)
  void a_lasting_clock_fault_delays_nothing_else(
      @ForAll @IntRange(max = 400) int faulty, @ForAll @IntRange(min = 1, max = 30) int apart) {
    FaultyFuture world = new FaultyFuture(faulty);
    for (int i = 0; i < faulty; i++) {
      world.append(1);
      world.pass(apart * SECOND);
    }
    delaysNothing(world);
  }

  @Example
  void five_batches_of_the_future_delay_nothing_else() {
    faultyAtOnce(5);
  }

  @Example
  void sixty_batches_of_the_future_delay_nothing_else() {
    faultyAtOnce(60);
  }

  @Example
  void four_hundred_batches_of_the_future_delay_nothing_else() {
    faultyAtOnce(400);
  }

  @Property(tries = 20)
  void what_was_of_the_future_leaves_once_its_time_has_come(
      @ForAll @IntRange(min = 1, max = 400) int faulty) {
    FaultyFuture world = new FaultyFuture(faulty);
    world.append(faulty);
    world.pass(600 * SECOND);
    assertThat(world.storedAt(1)).isEmpty();
    world.theFutureComes();
    world.pass(400 * SECOND);
    for (int seq = 1; seq <= faulty; seq++) {
      assertThat(world.storedAt(seq)).isPresent();
    }
  }

  @Example
  void what_is_refused_for_its_time_is_asked_for_seldom() {
    FaultyFuture world = new FaultyFuture(400);
    for (int i = 0; i < 400; i++) {
      world.append(1);
      world.pass(SECOND);
    }
    int before = world.batches();
    world.pass(3_600 * SECOND);
    assertThat(world.batches() - before).isBetween(10, 3_600 / 30);
  }

  private static void faultyAtOnce(int batches) {
    FaultyFuture world = new FaultyFuture(batches);
    for (int i = 0; i < batches; i++) {
      world.append(1);
      world.pass(SECOND / 10);
    }
    delaysNothing(world);
  }

  private static void delaysNothing(FaultyFuture world) {
    world.loseNext();
    long lost = world.append(1);
    long lostAt = world.now();
    world.pass(35 * SECOND);
    assertThat(world.storedAt(lost).orElseThrow() - lostAt).isLessThan(30 * SECOND + PROMPT);

    long late = world.appendWithoutTime(20_000);
    world.pass(120 * SECOND);
    long readyAt = world.now();
    world.timesAreKnown();
    world.pass(10 * SECOND);
    assertThat(world.storedAt(late).orElseThrow() - readyAt).isLessThan(10 * SECOND);

    for (int i = 0; i < 300; i++) {
      long at = world.now();
      long live = world.append(1);
      world.pass(SECOND / 2);
      assertThat(world.storedAt(live).orElseThrow() - at).isLessThan(PROMPT / 2);
    }
  }
}
