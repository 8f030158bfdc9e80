package io.gympulse.cloud.notify;

import static io.gympulse.cloud.notify.TestGym.BIKE;
import static io.gympulse.cloud.notify.TestGym.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import io.gympulse.cloud.core.feed.FeedConsumer;
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

class DispatchHandlerTest {
  private final TestGym gym = new TestGym();
  private final ConsumerCounters counters = new ConsumerCounters();

  @Test
  void a_consumer_that_fails_keeps_no_update_from_the_others_and_is_counted() {
    RecordingConsumer first = new RecordingConsumer("first", _ -> true);
    RecordingConsumer last = new RecordingConsumer("last", _ -> false);
    FeedUpdate update = gym.free(BIKE, NOON);
    DispatchHandler handler =
        new DispatchHandler(List.of(first, last), _ -> Optional.of(update), () -> NOON, counters);
    assertThat(handler.handleRequest(batch("1"), null).getBatchItemFailures()).hasSize(1);
    assertThat(last.seen).containsExactly(update);
    assertThat(counters.failure()).isEqualTo(Map.of("first", 1L));
    assertThat(counters.success()).isEqualTo(Map.of("last", 1L));
  }

  @Test
  void a_batch_is_dispatched_whole_and_delivered_again_from_the_first_failure() {
    FeedUpdate bad = gym.occupied(BIKE, NOON);
    FeedUpdate good = gym.free(BIKE, NOON.plusSeconds(1));
    RecordingConsumer consumer = new RecordingConsumer("it", it -> it.equals(bad));
    Map<String, FeedUpdate> updates = Map.of("2", bad, "3", good, "4", bad);
    DispatchHandler handler =
        new DispatchHandler(
            List.of(consumer),
            it -> Optional.ofNullable(updates.get(it.getDynamodb().getSequenceNumber())),
            () -> NOON,
            counters);
    assertThat(handler.handleRequest(batch("1", "2", "3", "4"), null).getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("2");
    assertThat(consumer.seen).containsExactly(bad, good, bad);
    assertThat(handler.handleRequest(batch("1", "3"), null).getBatchItemFailures()).isEmpty();
  }

  @Test
  void a_record_that_cannot_be_read_is_delivered_again_and_does_not_affect_others() {
    FeedUpdate good = gym.free(BIKE, NOON);
    RecordingConsumer consumer = new RecordingConsumer("it", _ -> false);
    DispatchHandler handler =
        new DispatchHandler(
            List.of(consumer),
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
    assertThat(consumer.seen).containsExactly(good);
    assertThat(counters.unreadable()).isEqualTo(1);
  }

  @Test
  void a_scheduled_task_runs_though_another_fails_and_the_invocation_fails() {
    List<Instant> done = new ArrayList<>();
    ScheduledTaskHandler handler =
        new ScheduledTaskHandler(
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

  private static ScheduledTask due(Consumer<Instant> work) {
    return new ScheduledTask() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public void run(Instant now) {
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

  /// Records updates, and fails for those that a test names.
  static final class RecordingConsumer implements FeedConsumer {
    final List<FeedUpdate> seen = new ArrayList<>();
    private final String name;
    private final Predicate<FeedUpdate> fails;

    RecordingConsumer(String name, Predicate<FeedUpdate> fails) {
      this.name = name;
      this.fails = fails;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void consume(FeedUpdate update, Instant now) {
      seen.add(update);
      if (fails.test(update)) {
        throw new IllegalStateException("cannot");
      }
    }
  }
}
