package io.gympulse.cloud.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.memory.InMemoryWorkQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.core.queue.WorkSource.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterQueuesTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private Instant now = NOON;
  private final InMemoryWorkQueue items =
      new InMemoryWorkQueue(new QueueSettings("items", Duration.ofSeconds(1), 1, 100), () -> now);
  private final DeadLetterQueue ofItems = items.deadLetters();

  @Test
  void letters_of_a_queue_that_stores_them_itself_are_listed_and_moved_back() {
    giveUp("bad", "worse");
    assertThat(ofItems.list(1))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.queue()).isEqualTo("items");
              assertThat(it.body()).isEqualTo("bad");
              assertThat(it.at()).isEqualTo(NOON);
              assertThat(it.receives()).isEqualTo(1);
            });
    assertThat(ofItems.redrive()).isEqualTo(new RedriveResult.Moved(2, 0));
    assertThat(ofItems.list(10)).isEmpty();
    assertThat(items.receive(10)).extracting(Received::body).containsExactly("bad", "worse");
  }

  @Test
  void several_queues_are_listed_one_after_the_other_and_their_numbers_add_up() {
    giveUp("bad");
    DeadLetterQueue both =
        new DeadLetterQueues(List.of(new Other(new RedriveResult.Moved(3, 1)), ofItems));
    assertThat(both.list(10)).extracting(DeadLetter::queue).containsExactly("other", "items");
    assertThat(both.list(1)).extracting(DeadLetter::queue).containsExactly("other");
    assertThat(both.redrive()).isEqualTo(new RedriveResult.Moved(4, 1));
  }

  @Test
  void a_running_redrive_is_reported_unless_another_queue_has_letters() {
    DeadLetterQueue busy = new Other(new RedriveResult.UnderWay());
    assertThat(new DeadLetterQueues(List.of(busy, ofItems)).redrive())
        .isEqualTo(new RedriveResult.UnderWay());
    assertThat(new DeadLetterQueues(List.of(ofItems, busy)).redrive())
        .isEqualTo(new RedriveResult.UnderWay());
    giveUp("bad");
    assertThat(new DeadLetterQueues(List.of(busy, ofItems)).redrive())
        .isEqualTo(new RedriveResult.Moved(1, 0));
  }

  private void giveUp(String... bodies) {
    items.send(List.of(bodies));
    items.receive(bodies.length);
    now = now.plusSeconds(2);
    assertThat(items.receive(bodies.length)).isEmpty();
  }

  private record Other(RedriveResult answer) implements DeadLetterQueue {
    @Override
    public List<DeadLetter> list(int limit) {
      return List.of(new DeadLetter(NOON, "other", "m", 5, "store is down", "body"));
    }

    @Override
    public RedriveResult redrive() {
      return answer;
    }
  }
}
