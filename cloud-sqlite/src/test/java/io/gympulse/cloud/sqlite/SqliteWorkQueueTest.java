package io.gympulse.cloud.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkSource;
import io.gympulse.cloud.core.queue.WorkSourceContract;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteWorkQueueTest extends WorkSourceContract {
  @TempDir Path folder = Path.of("");
  private @Nullable SqliteWorkQueue queue;

  @BeforeEach
  void openFile() {
    queue = SqliteWorkQueue.open(folder.resolve("queue.db"), SETTINGS, clock);
  }

  @AfterEach
  void closeFile() {
    queue().close();
  }

  @Override
  protected WorkQueue open() {
    return queue();
  }

  @Override
  protected WorkSource source() {
    return queue();
  }

  private SqliteWorkQueue queue() {
    if (queue == null) {
      throw new IllegalStateException("not open");
    }
    return queue;
  }

  @Test
  void messages_in_flight_at_the_end_of_a_process_are_delivered_by_the_next_at_once() {
    queue().send(List.of("in hands", "waiting"));
    queue().receive(1);
    queue().close();
    openFile();
    assertThat(queue().waiting()).isEqualTo(2);
    assertThat(queue().receive(10))
        .extracting(WorkSource.Received::body, WorkSource.Received::receives)
        .containsExactlyInAnyOrder(tuple("in hands", 2), tuple("waiting", 1));
  }

  @Test
  void a_redriven_message_is_no_dead_letter_from_then_on() {
    giveUp("poison");
    queue().deadLetters().redrive();
    assertThat(queue().deadLetters().list(10)).isEmpty();
  }

  @Test
  void a_queue_that_cannot_be_written_returns_all_as_unsent() {
    queue().close();
    assertThat(queue().send(List.of("a", "b")))
        .extracting(WorkQueue.Unsent::index)
        .containsExactly(0, 1);
    openFile();
    assertThat(queue().waiting()).isZero();
  }
}
