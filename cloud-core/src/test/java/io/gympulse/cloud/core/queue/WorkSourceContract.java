package io.gympulse.cloud.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gympulse.cloud.core.queue.WorkQueue.Unsent;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.core.queue.WorkSource.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The contract of every queue that sends and receives.
public abstract class WorkSourceContract extends WorkQueueContract {
  protected static final QueueSettings SETTINGS = new QueueSettings(Duration.ofSeconds(30), 3, 50);
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
    assertThat(source().deadLetters(10))
        .extracting(Received::body, Received::receives)
        .containsExactly(tuple("poison", SETTINGS.maxReceives()));
    assertThat(source().waiting()).isEqualTo(1);
  }

  @Test
  void dead_letters_are_redriven_as_if_never_received() {
    open().send(List.of("poison"));
    for (int i = 0; i <= SETTINGS.maxReceives(); i++) {
      source().receive(10);
      clock.pass(SETTINGS.visibility());
    }
    assertThat(source().redrive()).isEqualTo(1);
    assertThat(source().deadLetters(10)).isEmpty();
    assertThat(source().waiting()).isEqualTo(1);
    assertThat(source().receive(10)).extracting(Received::receives).containsExactly(1);
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
