package io.gympulse.cloud.aggregate;

import static io.gympulse.cloud.aggregate.TestGym.BENCH;
import static io.gympulse.cloud.aggregate.TestGym.BIKE;
import static io.gympulse.cloud.aggregate.TestGym.NOON;
import static io.gympulse.cloud.aggregate.TestGym.ONE;
import static io.gympulse.cloud.aggregate.TestGym.OTHER;
import static io.gympulse.cloud.aggregate.TestGym.PRESS;
import static io.gympulse.cloud.aggregate.TestGym.ROWER;
import static io.gympulse.cloud.aggregate.TestGym.event;
import static io.gympulse.cloud.aggregate.TestGym.minute;
import static io.gympulse.contract.event.MachineStatus.FREE;
import static io.gympulse.contract.event.MachineStatus.OCCUPIED;
import static io.gympulse.contract.event.MachineStatus.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens to an aggregator and whoever gets in between, the items end up as those of an
/// undisturbed run, whether a run takes on all that is due or a portion of it.
class AggregatorFaultsTest {
  private static final Instant NOW = minute(300);
  private static final int ALL = 1_000;
  private static final int PORTION = 3;

  /// What is there when the disturbed run begins: aggregates of the first hours, computed without
  /// two events that came late and an outbox that came after.
  private static TestGym disturbed() {
    TestGym gym = new TestGym();
    early(gym);
    gym.aggregate(minute(185));
    late(gym);
    return gym;
  }

  private static void early(TestGym gym) {
    gym.events(
        ONE,
        event(1, BIKE, FREE, NOON),
        event(2, ROWER, OCCUPIED, minute(3)),
        event(4, BENCH, FREE, minute(16)),
        event(5, BIKE, UNKNOWN, minute(100)),
        event(6, BIKE, FREE, minute(130)));
    gym.covered(ONE, minute(180));
  }

  private static void late(TestGym gym) {
    gym.events(ONE, event(3, BIKE, OCCUPIED, minute(12)));
    gym.report(PRESS, OCCUPIED, minute(29));
    gym.events(
        OTHER,
        event(1, BIKE, OCCUPIED, minute(190)),
        event(2, BENCH, OCCUPIED, minute(200)),
        event(3, BIKE, FREE, minute(250)));
    gym.covered(OTHER, minute(270));
  }

  private static void more(TestGym gym) {
    gym.events(ONE, event(7, ROWER, FREE, minute(40)));
    gym.covered(OTHER, minute(285));
  }

  private static List<CategoryBin> undisturbed(List<Consumer<TestGym>> arrivals) {
    TestGym gym = new TestGym();
    arrivals.forEach(it -> it.accept(gym));
    gym.aggregate(NOW);
    return gym.bins();
  }

  private static int calls(boolean writesOnly, int most) {
    int[] calls = new int[1];
    InterceptedStores.Interceptor count = (call, _) -> calls[0] = call;
    TestGym gym = disturbed();
    AggregateStores stores =
        writesOnly
            ? InterceptedStores.everyWrite(gym.stores(), count)
            : InterceptedStores.everyCall(gym.stores(), count);
    TestGym.aggregate(new Aggregator(stores, most), NOW);
    return calls[0];
  }

  @ParameterizedTest
  @ValueSource(ints = {ALL, PORTION})
  void a_run_that_dies_before_or_after_any_write_is_made_good_by_the_next(int most) {
    List<CategoryBin> expected =
        undisturbed(List.of(AggregatorFaultsTest::early, AggregatorFaultsTest::late));
    int writes = calls(true, most);
    assertThat(writes).isGreaterThan(20);
    for (int fatal = 1; fatal <= writes; fatal++) {
      for (boolean done : List.of(false, true)) {
        TestGym gym = disturbed();
        assertThat(diesAt(gym, fatal, done, most)).isTrue();
        gym.aggregate(NOW);
        assertThat(gym.bins()).as("dead at write %d, done: %s", fatal, done).isEqualTo(expected);
        assertThat(gym.record().due(NOW).isEmpty()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ALL, PORTION})
  void runs_that_die_again_and_again_get_there_as_well(int most) {
    List<CategoryBin> expected =
        undisturbed(List.of(AggregatorFaultsTest::early, AggregatorFaultsTest::late));
    for (int fatal = 2; fatal <= 6; fatal++) {
      TestGym gym = disturbed();
      int deaths = 0;
      while (diesAt(gym, fatal, true, most)) {
        deaths++;
        assertThat(deaths).isLessThan(200);
      }
      assertThat(deaths).isPositive();
      assertThat(gym.bins()).isEqualTo(expected);
    }
  }

  private static boolean diesAt(TestGym gym, int fatal, boolean done, int most) {
    AggregateStores stores =
        InterceptedStores.everyWrite(
            gym.stores(),
            (call, isDone) -> {
              if (call == fatal && isDone == done) {
                throw new StoreUnavailableException("killed", null);
              }
            });
    try {
      TestGym.aggregate(new Aggregator(stores, most), NOW);
      return false;
    } catch (StoreUnavailableException e) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ALL, PORTION})
  void another_aggregator_may_run_in_between_at_any_point(int most) {
    List<CategoryBin> expected =
        undisturbed(List.of(AggregatorFaultsTest::early, AggregatorFaultsTest::late));
    int calls = calls(false, most);
    for (int between = 1; between <= calls; between++) {
      TestGym gym = disturbed();
      runWith(gym, between, most, () -> gym.aggregate(NOW));
      gym.aggregate(NOW);
      assertThat(gym.bins()).as("at call %d", between).isEqualTo(expected);
      assertThat(gym.record().due(NOW).isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ALL, PORTION})
  void more_may_arrive_in_between_at_any_point_whether_another_computes_it_or_not(int most) {
    List<CategoryBin> expected =
        undisturbed(
            List.of(
                AggregatorFaultsTest::early,
                AggregatorFaultsTest::late,
                AggregatorFaultsTest::more));
    int calls = calls(false, most);
    for (int between = 1; between <= calls; between++) {
      for (boolean another : List.of(false, true)) {
        TestGym gym = disturbed();
        runWith(
            gym,
            between,
            most,
            () -> {
              more(gym);
              if (another) {
                gym.aggregate(NOW);
              }
            });
        gym.aggregate(NOW);
        assertThat(gym.bins()).as("at call %d", between).isEqualTo(expected);
        assertThat(gym.record().due(NOW).isEmpty()).isTrue();
      }
    }
  }

  private static void runWith(TestGym gym, int between, int most, Runnable meddling) {
    AggregateStores stores =
        InterceptedStores.everyCall(
            gym.stores(),
            (call, done) -> {
              if (call == between && !done) {
                meddling.run();
              }
            });
    TestGym.aggregate(new Aggregator(stores, most), NOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {ALL, PORTION})
  void several_aggregators_at_once_end_in_the_same(int most) throws Exception {
    List<CategoryBin> expected =
        undisturbed(
            List.of(
                AggregatorFaultsTest::early,
                AggregatorFaultsTest::late,
                AggregatorFaultsTest::more));
    for (int round = 0; round < 20; round++) {
      TestGym gym = disturbed();
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          runs.add(
              threads.submit(() -> TestGym.aggregate(new Aggregator(gym.stores(), most), NOW)));
        }
        runs.add(threads.submit(() -> more(gym)));
        for (Future<?> run : runs) {
          run.get();
        }
      }
      gym.aggregate(NOW);
      assertThat(gym.bins()).isEqualTo(expected);
    }
  }
}
