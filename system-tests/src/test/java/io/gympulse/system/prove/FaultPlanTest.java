package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.system.link.NetworkLink;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPlanTest {
  private static final Duration LENGTH = Duration.ofMinutes(2);
  private static final FaultPlan.Size SIZE = new FaultPlan.Size(20, 5, 4, 2);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void at_least_a_third_of_the_cloud_s_crashes_are_between_store_and_acknowledgement(long seed) {
    FaultPlan plan = FaultPlan.draw(new Random(seed), SIZE, 2, LENGTH);
    long before = count(plan, Fault.CrashCloudBeforeAck.class);
    long anywhere = count(plan, Fault.KillCloud.class);
    assertThat(count(plan, Fault.KillGateway.class)).isEqualTo(10);
    assertThat(before + anywhere).isEqualTo(10);
    assertThat(anywhere).isPositive();
    assertThat(before).isGreaterThanOrEqualTo(anywhere);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void the_same_seed_draws_the_same_faults_within_the_run(long seed) {
    FaultPlan plan = FaultPlan.draw(new Random(seed), SIZE, 2, LENGTH);
    assertThat(plan).isEqualTo(FaultPlan.draw(new Random(seed), SIZE, 2, LENGTH));
    assertThat(plan.kills()).allSatisfy(it -> assertThat(it.at()).isBetween(Duration.ZERO, LENGTH));
    assertThat(plan.outages())
        .hasSize(5)
        .allSatisfy(it -> assertThat(it.length()).isPositive().isLessThan(LENGTH));
    assertThat(plan.wrongClocks())
        .extracting(Fault.WrongClock::cause)
        .contains(Fault.WrongClock.Cause.values());
    assertThat(plan.clonedCards())
        .hasSize(2)
        .allSatisfy(
            it ->
                assertThat(it.at().plus(it.cut()).plus(it.apart()).plus(it.length()))
                    .isLessThan(LENGTH))
        .extracting(Fault.ClonedCard::gym)
        .containsExactly(1, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void no_outage_delays_the_one_for_the_late_window(long seed) {
    Fault.Outage late =
        new Fault.Outage(
            Duration.ofSeconds(40), 0, NetworkLink.State.BLACK_HOLE, Duration.ofSeconds(24));
    FaultPlan drawn = FaultPlan.draw(new Random(seed), SIZE, 2, LENGTH);
    assertThat(drawn.withLateWindow(late, 2).outages())
        .hasSameSizeAs(drawn.outages())
        .noneMatch(it -> it.overlaps(late));
  }

  private static long count(FaultPlan plan, Class<? extends Fault> kind) {
    return plan.kills().stream().filter(kind::isInstance).count();
  }
}
