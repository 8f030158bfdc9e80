package io.gympulse.cloud.dispatch;

import static io.gympulse.cloud.dispatch.Floor.BIKE;
import static io.gympulse.cloud.dispatch.Floor.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private final Floor floor = new Floor();
  private final DispatchCounters counters = new DispatchCounters();

  @Test
  void a_follower_that_fails_keeps_no_update_from_the_others_and_is_counted() {
    Noting first = new Noting("first", _ -> true);
    Noting last = new Noting("last", _ -> false);
    Dispatcher dispatcher = new Dispatcher(List.of(first, last), counters);
    FeedUpdate update = floor.free(BIKE, NOON);
    assertThat(dispatcher.dispatch(update, NOON)).isFalse();
    assertThat(last.seen).containsExactly(update);
    assertThat(counters.failed()).isEqualTo(Map.of("first", 1L));
    assertThat(counters.followed()).isEqualTo(Map.of("last", 1L));
  }

  @Test
  void a_batch_of_the_stream_is_dispatched_whole_and_comes_again_from_the_first_failure() {
    FeedUpdate bad = floor.occupied(BIKE, NOON);
    FeedUpdate good = floor.free(BIKE, NOON.plusSeconds(1));
    Noting follower = new Noting("it", it -> it.equals(bad));
    Map<String, FeedUpdate> updates = Map.of("2", bad, "3", good, "4", bad);
    DispatchHandler handler =
        new DispatchHandler(
            new Dispatcher(List.of(follower), counters),
            it -> Optional.ofNullable(updates.get(it.getDynamodb().getSequenceNumber())),
            () -> NOON,
            counters);
    assertThat(handler.handleRequest(batch("1", "2", "3", "4"), null).getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("2");
    assertThat(follower.seen).containsExactly(bad, good, bad);
    assertThat(handler.handleRequest(batch("1", "3"), null).getBatchItemFailures()).isEmpty();
  }

  @Test
  void a_record_that_cannot_be_read_comes_again_and_keeps_back_no_other() {
    FeedUpdate good = floor.free(BIKE, NOON);
    Noting follower = new Noting("it", _ -> false);
    DispatchHandler handler =
        new DispatchHandler(
            new Dispatcher(List.of(follower), counters),
            it -> {
              if (it.getDynamodb().getSequenceNumber().equals("1")) {
                throw new StoreUnavailableException("damaged", null);
              }
              return Optional.of(good);
            },
            () -> NOON,
            counters);
    assertThat(handler.handleRequest(batch("1", "2"), null).getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("1");
    assertThat(follower.seen).containsExactly(good);
    assertThat(counters.unreadable()).isEqualTo(1);
  }

  @Test
  void what_is_due_of_one_feature_is_done_though_anothers_fails_and_the_failure_is_told() {
    List<Instant> done = new ArrayList<>();
    DueHandler handler =
        new DueHandler(
            List.of(
                due(
                    _ -> {
                      throw new IllegalStateException("cannot");
                    }),
                due(done::add)),
            () -> NOON);
    assertThatThrownBy(() -> handler.handleRequest(new ScheduledEvent(), null))
        .hasMessage("cannot");
    assertThat(done).containsExactly(NOON);
  }

  private static DueWork due(Consumer<Instant> work) {
    return new DueWork() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public void onSchedule(Instant now) {
        work.accept(now);
      }
    };
  }

  private static DynamodbEvent batch(String... numbers) {
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(
        Stream.of(numbers)
            .map(
                it -> {
                  DynamodbStreamRecord stored = new DynamodbStreamRecord();
                  stored.setDynamodb(new StreamRecord().withSequenceNumber(it));
                  return stored;
                })
            .toList());
    return event;
  }

  /// Notes what it is given, and fails where a test says.
  static final class Noting implements Follower {
    final List<FeedUpdate> seen = new ArrayList<>();
    private final String name;
    private final Predicate<FeedUpdate> fails;

    Noting(String name, Predicate<FeedUpdate> fails) {
      this.name = name;
      this.fails = fails;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void follow(FeedUpdate update, Instant now) {
      seen.add(update);
      if (fails.test(update)) {
        throw new IllegalStateException("cannot");
      }
    }
  }
}
