package io.gympulse.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkSource;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.redrive.ExplainedFailure;
import io.gympulse.cloud.sqlite.SqliteWorkQueue;
import io.gympulse.local.queue.FairWorkQueue.Limits;
import io.gympulse.process.ProcessClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The emulated queue with each of its storages.
class EventSourceMappingTest {
  private static final QueueSettings SETTINGS =
      new QueueSettings("test", Duration.ofMillis(5), 5, 100);
  private static final ProcessClock CLOCK = ProcessClock.real();
  private static final SQSBatchResponse ALL_DONE = new SQSBatchResponse(List.of());

  @Nested
  class InMemory extends OnStorage<FairWorkQueue> {
    InMemory(@TempDir Path folder) {
      super(
          new FairWorkQueue(
              SETTINGS,
              Limits.STANDARD,
              new DeadLetterFile(folder.resolve("dead-letters.jsonl"), CLOCK),
              CLOCK));
    }

    @Override
    void closeSource() {
      source.close();
    }

    @Test
    void a_dead_letter_has_the_reason_that_the_handler_threw_or_reported() {
      start(
          (event, _) -> {
            SQSMessage message = event.getRecords().getFirst();
            if (message.getBody().equals("thrown")) {
              throw new IllegalStateException("store is down");
            }
            return new SQSBatchResponse(
                List.of(new ExplainedFailure(message.getMessageId(), "disk is full")));
          });
      giveUp("thrown");
      giveUp("reported");
      assertThat(source.deadLetters().list(10))
          .extracting(DeadLetter::reason)
          .containsExactly("IllegalStateException: store is down", "disk is full");
    }

    private void giveUp(String body) {
      source.send(List.of(body));
      await().until(() -> source.waiting() == 0);
    }
  }

  @Nested
  class InFile extends OnStorage<SqliteWorkQueue> {
    InFile(@TempDir Path folder) {
      super(SqliteWorkQueue.open(folder.resolve("queue.db"), SETTINGS, CLOCK));
    }

    @Override
    void closeSource() {
      source.close();
    }
  }

  /// @param <Q> the storage
  abstract static class OnStorage<Q extends WorkQueue & WorkSource> {
    private final List<List<String>> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<EventSourceMapping> open = new ArrayList<>();
    final Q source;

    OnStorage(Q source) {
      this.source = source;
    }

    abstract void closeSource();

    @AfterEach
    void stop() {
      go.countDown();
      open.forEach(EventSourceMapping::close);
      closeSource();
    }

    @Test
    void messages_that_were_waiting_are_delivered_in_batches_of_up_to_ten_and_removed() {
      source.send(IntStream.range(0, 23).mapToObj(Integer::toString).toList());
      start((_, _) -> ALL_DONE);
      await().until(() -> source.waiting() == 0);
      assertThat(calls).extracting(List::size).containsExactly(10, 10, 3);
    }

    @Test
    void messages_that_are_sent_during_an_invocation_are_delivered_after_it() throws Exception {
      start(this::waitForGo);
      source.send(List.of("first"));
      started.await();
      IntStream.range(0, 12).forEach(it -> source.send(List.of("m" + it)));
      go.countDown();
      await().until(() -> source.waiting() == 0);
      assertThat(calls).extracting(List::size).containsExactly(1, 10, 2);
    }

    @Test
    void only_the_messages_reported_as_failed_are_delivered_again() {
      start(
          (event, _) ->
              new SQSBatchResponse(
                  event.getRecords().stream()
                      .filter(it -> it.getBody().equals("bad") && receives(it) < 3)
                      .map(it -> new BatchItemFailure(it.getMessageId()))
                      .toList()));
      source.send(List.of("good", "bad"));
      await().until(() -> source.waiting() == 0);
      assertThat(calls.stream().flatMap(List::stream))
          .containsExactlyInAnyOrder("good", "bad", "bad", "bad");
      assertThat(source.deadLetters().list(10)).isEmpty();
    }

    @Test
    void a_message_reported_as_failed_five_times_is_a_dead_letter() {
      start(
          (event, _) ->
              new SQSBatchResponse(
                  event.getRecords().stream()
                      .filter(it -> it.getBody().equals("bad"))
                      .map(it -> new BatchItemFailure(it.getMessageId()))
                      .toList()));
      source.send(List.of("good", "bad"));
      await().until(() -> source.waiting() == 0);
      assertThat(calls.stream().flatMap(List::stream).filter("bad"::equals)).hasSize(5);
      assertThat(source.deadLetters().list(10))
          .extracting(DeadLetter::body, DeadLetter::receives)
          .containsExactly(tuple("bad", 5));
    }

    @Test
    void a_handler_that_throws_fails_its_whole_batch_and_is_invoked_again() {
      source.send(List.of("a", "b"));
      start(
          (event, _) -> {
            if (event.getRecords().size() == 2) {
              throw new IllegalStateException("store is down");
            }
            return ALL_DONE;
          });
      await().until(() -> source.deadLetters().list(10).size() == 2);
      source.send(List.of("c"));
      await().until(() -> source.waiting() == 0);
      assertThat(calls).hasSize(6).containsOnly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void closing_waits_for_the_invocation_in_progress_and_delivers_nothing_more() throws Exception {
      AtomicBoolean finished = new AtomicBoolean();
      start(
          (event, context) -> {
            SQSBatchResponse response = waitForGo(event, context);
            finished.set(true);
            return response;
          });
      source.send(List.of("under way"));
      started.await();
      source.send(List.of("waiting"));

      Thread closing = Thread.ofPlatform().start(open.getFirst()::close);
      await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
      go.countDown();
      closing.join();

      assertThat(finished).isTrue();
      assertThat(calls).containsExactly(List.of("under way"));
    }

    @Test
    void closing_does_not_wait_for_ever() throws Exception {
      start(this::waitForGo);
      source.send(List.of("stuck"));
      started.await();
      assertThat(CompletableFuture.runAsync(open.getFirst()::close))
          .succeedsWithin(Duration.ofSeconds(5));
    }

    final void start(RequestHandler<SQSEvent, SQSBatchResponse> handler) {
      open.add(
          new EventSourceMapping(
              SETTINGS,
              source,
              (event, context) -> {
                calls.add(event.getRecords().stream().map(SQSMessage::getBody).toList());
                return handler.handleRequest(event, context);
              },
              CLOCK));
    }

    private SQSBatchResponse waitForGo(SQSEvent event, Object context) {
      started.countDown();
      await().until(() -> go.getCount() == 0);
      return ALL_DONE;
    }

    private static int receives(SQSMessage message) {
      return Integer.parseInt(message.getAttributes().get("ApproximateReceiveCount"));
    }
  }
}
