package io.gympulse.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.core.memory.InMemoryWorkQueue;
import io.gympulse.cloud.core.queue.QueueTerms;
import io.gympulse.cloud.core.queue.WorkQueue.Unsent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueWorkerTest {

  private final List<List<String>> calls = new CopyOnWriteArrayList<>();
  private final InMemoryWorkQueue queue =
      new InMemoryWorkQueue(new QueueTerms(Duration.ofMillis(5), 3, 100), InstantSource.system());

  @Test
  void what_waits_is_worked_on_ten_at_most_at_a_time_and_removed() {
    queue.send(IntStream.range(0, 23).mapToObj(Integer::toString).toList());
    try (QueueWorker _ = worker(_ -> List.of())) {
      await().until(() -> queue.waiting() == 0);
    }
    assertThat(calls).extracting(List::size).containsExactly(10, 10, 3);
  }

  @Test
  void what_is_sent_through_it_is_worked_on() {
    try (QueueWorker worker = worker(_ -> List.of())) {
      assertThat(worker.send(List.of("a"))).isEmpty();
      await().until(() -> queue.waiting() == 0);
      assertThat(worker.send(IntStream.range(0, 101).mapToObj(Integer::toString).toList()))
          .extracting(Unsent::index)
          .contains(100);
    }
  }

  @Test
  void only_what_the_handler_names_as_failed_comes_again_and_ends_as_a_dead_letter() {
    queue.send(List.of("good", "bad"));
    try (QueueWorker _ =
        worker(
            event ->
                event.getRecords().stream()
                    .filter(it -> it.getBody().equals("bad"))
                    .map(SQSEvent.SQSMessage::getMessageId)
                    .toList())) {
      await().until(() -> queue.waiting() == 0);
    }
    assertThat(calls.stream().flatMap(List::stream))
        .containsExactlyInAnyOrder("good", "bad", "bad", "bad");
    assertThat(queue.deadLetters(10)).extracting(it -> it.body()).containsExactly("bad");
  }

  @Test
  void a_handler_that_throws_fails_for_its_whole_batch_and_does_not_end_the_worker() {
    queue.send(List.of("a", "b"));
    try (QueueWorker worker =
        worker(
            event -> {
              if (event.getRecords().size() == 2) {
                throw new IllegalStateException("store is down");
              }
              return List.of();
            })) {
      await().until(() -> queue.deadLetters(10).size() == 2);
      worker.send(List.of("c"));
      await().until(() -> queue.waiting() == 0);
    }
    assertThat(calls).containsOnly(List.of("a", "b"), List.of("c"));
  }

  private interface Failing {
    List<String> ids(SQSEvent event);
  }

  private QueueWorker worker(Failing failing) {
    RequestHandler<SQSEvent, SQSBatchResponse> handler =
        (event, _) -> {
          calls.add(event.getRecords().stream().map(SQSEvent.SQSMessage::getBody).toList());
          return new SQSBatchResponse(
              failing.ids(event).stream().map(BatchItemFailure::new).toList());
        };
    return new QueueWorker("test", queue, handler);
  }
}
