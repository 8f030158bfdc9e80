package io.gympulse.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.core.memory.InMemoryWorkQueue;
import io.gympulse.cloud.core.queue.WorkQueue.Unsent;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DurableQueueTest {

  private final List<List<String>> calls = new CopyOnWriteArrayList<>();
  private final InMemoryWorkQueue queue =
      new InMemoryWorkQueue(
          new QueueSettings(Duration.ofMillis(5), 3, 100), InstantSource.system());

  @Test
  void waiting_messages_are_handled_in_batches_of_up_to_ten_and_removed() {
    queue.send(IntStream.range(0, 23).mapToObj(Integer::toString).toList());
    try (DurableQueue _ = handledBy(_ -> List.of())) {
      await().until(() -> queue.waiting() == 0);
    }
    assertThat(calls).extracting(List::size).containsExactly(10, 10, 3);
  }

  @Test
  void a_sent_message_is_handled() {
    try (DurableQueue handled = handledBy(_ -> List.of())) {
      assertThat(handled.send(List.of("a"))).isEmpty();
      await().until(() -> queue.waiting() == 0);
      assertThat(handled.send(IntStream.range(0, 101).mapToObj(Integer::toString).toList()))
          .extracting(Unsent::index)
          .contains(100);
    }
  }

  @Test
  void only_messages_reported_as_failed_are_delivered_again_and_become_dead_letters() {
    queue.send(List.of("good", "bad"));
    try (DurableQueue _ =
        handledBy(
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
  void a_handler_that_throws_fails_its_whole_batch_and_is_invoked_again() {
    queue.send(List.of("a", "b"));
    try (DurableQueue handled =
        handledBy(
            event -> {
              if (event.getRecords().size() == 2) {
                throw new IllegalStateException("store is down");
              }
              return List.of();
            })) {
      await().until(() -> queue.deadLetters(10).size() == 2);
      handled.send(List.of("c"));
      await().until(() -> queue.waiting() == 0);
    }
    assertThat(calls).containsOnly(List.of("a", "b"), List.of("c"));
  }

  private interface Failing {
    List<String> ids(SQSEvent event);
  }

  private DurableQueue handledBy(Failing failing) {
    RequestHandler<SQSEvent, SQSBatchResponse> handler =
        (event, _) -> {
          calls.add(event.getRecords().stream().map(SQSEvent.SQSMessage::getBody).toList());
          return new SQSBatchResponse(
              failing.ids(event).stream().map(BatchItemFailure::new).toList());
        };
    return new DurableQueue("test", queue, handler);
  }
}
