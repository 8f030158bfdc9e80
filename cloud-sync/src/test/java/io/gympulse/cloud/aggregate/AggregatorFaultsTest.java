package io.gympulse.cloud.aggregate;

import static io.gympulse.cloud.aggregate.Club.BENCH;
import static io.gympulse.cloud.aggregate.Club.BIKE;
import static io.gympulse.cloud.aggregate.Club.NOON;
import static io.gympulse.cloud.aggregate.Club.ONE;
import static io.gympulse.cloud.aggregate.Club.OTHER;
import static io.gympulse.cloud.aggregate.Club.PRESS;
import static io.gympulse.cloud.aggregate.Club.ROWER;
import static io.gympulse.cloud.aggregate.Club.event;
import static io.gympulse.cloud.aggregate.Club.minute;
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
  private static Club disturbed() {
    Club club = new Club();
    early(club);
    club.aggregate(minute(185));
    late(club);
    return club;
  }

  private static void early(Club club) {
    club.events(
        ONE,
        event(1, BIKE, FREE, NOON),
        event(2, ROWER, OCCUPIED, minute(3)),
        event(4, BENCH, FREE, minute(16)),
        event(5, BIKE, UNKNOWN, minute(100)),
        event(6, BIKE, FREE, minute(130)));
    club.covered(ONE, minute(180));
  }

  private static void late(Club club) {
    club.events(ONE, event(3, BIKE, OCCUPIED, minute(12)));
    club.report(PRESS, OCCUPIED, minute(29));
    club.events(
        OTHER,
        event(1, BIKE, OCCUPIED, minute(190)),
        event(2, BENCH, OCCUPIED, minute(200)),
        event(3, BIKE, FREE, minute(250)));
    club.covered(OTHER, minute(270));
  }

  private static void more(Club club) {
    club.events(ONE, event(7, ROWER, FREE, minute(40)));
    club.covered(OTHER, minute(285));
  }

  private static List<CategoryBin> undisturbed(List<Consumer<Club>> arrivals) {
    Club club = new Club();
    arrivals.forEach(it -> it.accept(club));
    club.aggregate(NOW);
    return club.bins();
  }

  private static int calls(boolean writesOnly, int most) {
    int[] calls = new int[1];
    Watched.Meddler count = (call, _) -> calls[0] = call;
    Club club = disturbed();
    AggregateStores stores =
        writesOnly
            ? Watched.everyWrite(club.stores(), count)
            : Watched.everyCall(club.stores(), count);
    Club.aggregate(new Aggregator(stores, most), NOW);
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
        Club club = disturbed();
        assertThat(diesAt(club, fatal, done, most)).isTrue();
        club.aggregate(NOW);
        assertThat(club.bins()).as("dead at write %d, done: %s", fatal, done).isEqualTo(expected);
        assertThat(club.record().due(NOW).isEmpty()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ALL, PORTION})
  void runs_that_die_again_and_again_get_there_as_well(int most) {
    List<CategoryBin> expected =
        undisturbed(List.of(AggregatorFaultsTest::early, AggregatorFaultsTest::late));
    for (int fatal = 2; fatal <= 6; fatal++) {
      Club club = disturbed();
      int deaths = 0;
      while (diesAt(club, fatal, true, most)) {
        deaths++;
        assertThat(deaths).isLessThan(200);
      }
      assertThat(deaths).isPositive();
      assertThat(club.bins()).isEqualTo(expected);
    }
  }

  private static boolean diesAt(Club club, int fatal, boolean done, int most) {
    AggregateStores stores =
        Watched.everyWrite(
            club.stores(),
            (call, isDone) -> {
              if (call == fatal && isDone == done) {
                throw new StoreUnavailableException("killed", null);
              }
            });
    try {
      Club.aggregate(new Aggregator(stores, most), NOW);
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
      Club club = disturbed();
      runWith(club, between, most, () -> club.aggregate(NOW));
      club.aggregate(NOW);
      assertThat(club.bins()).as("at call %d", between).isEqualTo(expected);
      assertThat(club.record().due(NOW).isEmpty()).isTrue();
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
        Club club = disturbed();
        runWith(
            club,
            between,
            most,
            () -> {
              more(club);
              if (another) {
                club.aggregate(NOW);
              }
            });
        club.aggregate(NOW);
        assertThat(club.bins()).as("at call %d", between).isEqualTo(expected);
        assertThat(club.record().due(NOW).isEmpty()).isTrue();
      }
    }
  }

  private static void runWith(Club club, int between, int most, Runnable meddling) {
    AggregateStores stores =
        Watched.everyCall(
            club.stores(),
            (call, done) -> {
              if (call == between && !done) {
                meddling.run();
              }
            });
    Club.aggregate(new Aggregator(stores, most), NOW);
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
      Club club = disturbed();
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          runs.add(threads.submit(() -> Club.aggregate(new Aggregator(club.stores(), most), NOW)));
        }
        runs.add(threads.submit(() -> more(club)));
        for (Future<?> run : runs) {
          run.get();
        }
      }
      club.aggregate(NOW);
      assertThat(club.bins()).isEqualTo(expected);
    }
  }
}
