package io.gympulse.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.redrive.ExplainedFailure;
import io.gympulse.process.ProcessClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardQueueTest {

  private static final SQSBatchResponse ALL_DONE = new SQSBatchResponse(List.of());

  @TempDir Path directory;
  private final List<List<String>> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final List<StandardQueue> open = new ArrayList<>();

  @AfterEach
  void stop() {
    open.forEach(StandardQueue::close);
  }

  @Test
  void waiting_messages_are_delivered_in_batches_of_up_to_ten() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    StandardQueue queue =
        queue(
            1_000_000,
            (event, context) -> {
              note(event);
              started.countDown();
              await().until(() -> go.getCount() == 0);
              return ALL_DONE;
            });
    queue.send("first");
    started.await();
    for (int i = 0; i < 12; i++) {
      queue.send("m" + i);
    }
    go.countDown();

    await().until(() -> queue.waitingBytes() == 0);
    assertThat(calls).extracting(List::size).containsExactly(1, 10, 2);
  }

  @Test
  void only_the_messages_reported_as_failed_are_delivered_again() {
    StandardQueue queue =
        queue(
            1_000_000,
            (event, context) -> {
              note(event);
              return new SQSBatchResponse(
                  event.getRecords().stream()
                      .filter(m -> m.getBody().equals("bad") && receives(m) < 3)
                      .map(m -> new SQSBatchResponse.BatchItemFailure(m.getMessageId()))
                      .toList());
            });
    queue.send("good");
    queue.send("bad");

    await().until(() -> queue.waitingBytes() == 0);
    assertThat(calls.stream().flatMap(List::stream))
        .containsExactlyInAnyOrder("good", "bad", "bad", "bad");
    assertThat(directory.resolve("dead-letters.jsonl")).doesNotExist();
  }

  @Test
  void after_five_receives_a_message_is_a_dead_letter_with_its_reason() {
    StandardQueue queue =
        queue(
            1_000_000,
            (event, context) -> {
              note(event);
              throw new IllegalStateException("store is down");
            });
    queue.send("poison");

    await().until(() -> queue.waitingBytes() == 0);
    assertThat(calls).hasSize(5);
    assertThat(directory.resolve("dead-letters.jsonl"))
        .content()
        .hasLineCount(1)
        .contains("\"receives\":5", "store is down", "\"body\":\"poison\"");
  }

  @Test
  void a_dead_letter_has_the_reason_that_the_handler_reported() {
    StandardQueue queue =
        queue(
            1_000_000,
            (event, context) ->
                new SQSBatchResponse(
                    List.of(
                        new ExplainedFailure(
                            event.getRecords().getFirst().getMessageId(), "disk is full"))));
    queue.send("poison");

    await().until(() -> queue.waitingBytes() == 0);
    assertThat(directory.resolve("dead-letters.jsonl"))
        .content()
        .hasLineCount(1)
        .contains("\"reason\":\"disk is full\"");
  }

  @Test
  void a_full_queue_refuses() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    StandardQueue queue =
        queue(
            10,
            (event, context) -> {
              started.countDown();
              await().until(() -> go.getCount() == 0);
              return ALL_DONE;
            });
    assertThat(queue.send("12345678")).isTrue();
    started.await();

    assertThat(queue.send("123")).isFalse();
    go.countDown();
    await().until(() -> queue.waitingBytes() == 0);
    assertThat(queue.send("123")).isTrue();
  }

  @Test
  void closing_waits_for_the_invocation_in_progress_and_delivers_nothing_more() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean();
    StandardQueue queue =
        queue(
            1_000_000,
            (event, context) -> {
              note(event);
              started.countDown();
              await().until(() -> go.getCount() == 0);
              finished.set(true);
              return ALL_DONE;
            });
    queue.send("under way");
    started.await();
    queue.send("waiting");

    Thread closing = Thread.ofPlatform().start(queue::close);
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    assertThat(queue.send("too late")).isFalse();
    go.countDown();
    closing.join();

    assertThat(finished).isTrue();
    assertThat(calls).containsExactly(List.of("under way"));
  }

  @Test
  void closing_does_not_wait_for_ever() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    StandardQueue queue =
        queue(
            1_000_000,
            (event, context) -> {
              started.countDown();
              await().until(() -> go.getCount() == 0);
              return ALL_DONE;
            });
    queue.send("stuck");
    started.await();

    assertThat(CompletableFuture.runAsync(queue::close)).succeedsWithin(Duration.ofSeconds(5));
    go.countDown();
  }

  private void note(SQSEvent event) {
    calls.add(event.getRecords().stream().map(SQSEvent.SQSMessage::getBody).toList());
  }

  private static int receives(SQSEvent.SQSMessage message) {
    return Integer.parseInt(message.getAttributes().get("ApproximateReceiveCount"));
  }

  private StandardQueue queue(long bytes, RequestHandler<SQSEvent, SQSBatchResponse> handler) {
    var settings =
        new QueueSettings(
            "test",
            10,
            Duration.ZERO,
            Duration.ofMillis(5),
            5,
            bytes,
            1,
            QueueSettings.SenderQuota.STANDARD);
    ProcessClock clock = ProcessClock.real();
    var deadLetters = new DeadLetterFile(directory.resolve("dead-letters.jsonl"), clock);
    StandardQueue queue = new StandardQueue(settings, handler, deadLetters, clock);
    open.add(queue);
    return queue;
  }
}
