package io.gympulse.cloud.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.core.queue.WorkQueue.Unsent;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.core.queue.WorkSource.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The contract of every queue that sends and receives.
public abstract class WorkSourceContract extends WorkQueueContract {
  protected static final QueueSettings SETTINGS =
      new QueueSettings("work", Duration.ofSeconds(30), 3, 50);
  protected final ManualClock clock = new ManualClock(Instant.parse("2026-05-01T12:00:00Z"));

  /// The receiving side of the queue of [#open()].
  protected abstract WorkSource source();

  @Override
  protected final List<String> arrived() {
    List<String> bodies = new ArrayList<>();
    List<Received> batch = source().receive(10);
    while (!batch.isEmpty()) {
      bodies.addAll(bodies(batch));
      source().remove(ids(batch));
      batch = source().receive(10);
    }
    return bodies;
  }

  @Test
  void a_message_in_flight_is_hidden_until_the_visibility_timeout() {
    open().send(List.of("a", "b"));
    List<Received> first = source().receive(1);
    assertThat(source().receive(10)).extracting(Received::body).doesNotContain(body(first));
    clock.pass(SETTINGS.visibility().minusMillis(1));
    assertThat(source().receive(10)).isEmpty();
    clock.pass(Duration.ofMillis(1));
    assertThat(source().receive(10))
        .extracting(Received::body, Received::receives)
        .containsExactlyInAnyOrder(tuple("a", 2), tuple("b", 2));
  }

  @Test
  void a_removed_message_is_never_delivered_again() {
    open().send(List.of("a", "b"));
    List<Received> batch = source().receive(10);
    source().remove(List.of(batch.getFirst().id(), "unknown", "0"));
    clock.pass(SETTINGS.visibility());
    assertThat(bodies(source().receive(10))).containsExactly(batch.getLast().body());
    assertThat(source().waiting()).isEqualTo(1);
  }

  @Test
  void a_message_has_its_send_time() {
    Instant sent = clock.instant();
    open().send(List.of("a"));
    clock.pass(Duration.ofHours(1));
    assertThat(source().receive(1)).extracting(Received::sentAt).containsExactly(sent);
  }

  @Test
  void a_message_received_too_often_is_a_dead_letter_and_does_not_block_the_rest() {
    WorkQueue queue = open();
    queue.send(List.of("poison"));
    for (int i = 0; i < SETTINGS.maxReceives(); i++) {
      assertThat(bodies(source().receive(10))).containsExactly("poison");
      clock.pass(SETTINGS.visibility());
    }
    queue.send(List.of("good"));
    assertThat(bodies(source().receive(1))).containsExactly("good");
    assertThat(source().deadLetters().list(10))
        .extracting(DeadLetter::queue, DeadLetter::body, DeadLetter::receives)
        .containsExactly(tuple("work", "poison", SETTINGS.maxReceives()));
    assertThat(source().waiting()).isEqualTo(1);
  }

  @Test
  void a_failed_message_is_hidden_until_the_visibility_timeout_as_any_other() {
    open().send(List.of("bad"));
    List<Received> first = source().receive(10);
    clock.pass(Duration.ofSeconds(10));
    source().fail(Map.of(first.getFirst().id(), "disk is full", "unknown", "", "0", ""));
    assertThat(source().receive(10)).isEmpty();
    assertThat(source().waiting()).isEqualTo(1);
    clock.pass(SETTINGS.visibility().minusSeconds(10));
    assertThat(source().receive(10))
        .extracting(Received::id, Received::receives)
        .containsExactly(tuple(first.getFirst().id(), 2));
  }

  @Test
  void a_message_that_fails_its_last_receive_is_a_dead_letter_at_once() {
    open().send(List.of("good", "bad"));
    source().remove(ids(source().receive(1)));
    for (int i = 0; i < SETTINGS.maxReceives(); i++) {
      assertThat(source().deadLetters().list(10)).isEmpty();
      source().fail(Map.of(source().receive(10).getFirst().id(), "disk is full"));
      clock.pass(SETTINGS.visibility());
    }
    assertThat(source().waiting()).isZero();
    assertThat(source().deadLetters().list(10))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.body()).isEqualTo("bad");
              assertThat(it.receives()).isEqualTo(SETTINGS.maxReceives());
              assertThat(it.reason()).isIn("disk is full", "");
            });
    assertThat(source().receive(10)).isEmpty();
  }

  @Test
  void dead_letters_are_redriven_as_if_never_received() {
    giveUp("poison");
    assertThat(source().deadLetters().redrive()).isEqualTo(new RedriveResult.Moved(1, 0));
    assertThat(source().waiting()).isEqualTo(1);
    List<Received> again = source().receive(10);
    assertThat(again).extracting(Received::receives).containsExactly(1);
    source().remove(ids(again));
    assertThat(source().deadLetters().list(10)).isEmpty();
  }

  @Test
  void a_listener_is_called_after_a_send_and_a_redrive() {
    AtomicInteger calls = new AtomicInteger();
    source().onArrival(calls::incrementAndGet);
    giveUp("poison");
    assertThat(calls).hasValue(1);
    source().deadLetters().redrive();
    assertThat(calls).hasValue(2);
  }

  protected final void giveUp(String body) {
    open().send(List.of(body));
    for (int i = 0; i <= SETTINGS.maxReceives(); i++) {
      source().receive(10);
      clock.pass(SETTINGS.visibility());
    }
  }

  @Test
  void a_full_queue_returns_unsent_messages_and_accepts_again_once_there_is_room() {
    WorkQueue queue = open();
    List<String> bodies =
        IntStream.range(0, SETTINGS.capacity() + 2).mapToObj(Integer::toString).toList();
    assertThat(queue.send(bodies))
        .extracting(Unsent::index)
        .containsExactly(SETTINGS.capacity(), SETTINGS.capacity() + 1);
    assertThat(source().waiting()).isEqualTo(SETTINGS.capacity());
    source().remove(ids(source().receive(1)));
    assertThat(queue.send(List.of("one", "two"))).extracting(Unsent::index).containsExactly(1);
  }

  protected static List<String> bodies(List<Received> messages) {
    return messages.stream().map(Received::body).toList();
  }

  protected static List<String> ids(List<Received> messages) {
    return messages.stream().map(Received::id).toList();
  }

  private static String body(List<Received> messages) {
    return messages.getFirst().body();
  }
}
