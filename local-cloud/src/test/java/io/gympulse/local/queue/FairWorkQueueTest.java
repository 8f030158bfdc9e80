package io.gympulse.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkSource;
import io.gympulse.cloud.core.queue.WorkSource.Received;
import io.gympulse.cloud.core.queue.WorkSourceContract;
import io.gympulse.local.queue.FairWorkQueue.Limits;
import io.gympulse.local.queue.FairWorkQueue.SendResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The fairness is [FairQueueTest]'s.
class FairWorkQueueTest extends WorkSourceContract {
  private static final MessageOrigin ORIGIN =
      new MessageOrigin("gym", Optional.empty(), false, Optional.empty());

  @TempDir Path folder = Path.of("");
  private @Nullable FairWorkQueue queue;

  @BeforeEach
  void openFile() {
    queue = queue(Limits.STANDARD);
  }

  @Override
  protected WorkQueue open() {
    return queue();
  }

  @Override
  protected WorkSource source() {
    return queue();
  }

  @Test
  void a_dead_letter_is_in_the_file_with_the_reason_of_its_last_failure() throws IOException {
    queue().send(List.of("poison"));
    for (int i = 1; i <= SETTINGS.maxReceives(); i++) {
      queue().fail(Map.of(queue().receive(1).getFirst().id(), "failure " + i));
      clock.pass(SETTINGS.visibility());
    }
    assertThat(Files.readAllLines(file()))
        .singleElement()
        .asString()
        .contains("\"queue\":\"work\"", "\"receives\":3", "\"reason\":\"failure 3\"", "\"poison\"");
    assertThat(queue().waitingBytes()).isZero();
  }

  @Test
  void a_message_that_is_never_completed_says_so_as_a_dead_letter() {
    giveUp("poison");
    assertThat(queue().deadLetters().list(10))
        .singleElement()
        .satisfies(it -> assertThat(it.reason()).contains("visibility timeout"));
  }

  @Test
  void a_redriven_message_is_a_dead_letter_until_it_is_removed() {
    giveUp("poison");
    queue().deadLetters().redrive();
    assertThat(queue().deadLetters().list(10)).hasSize(1);
    queue().remove(ids(queue().receive(1)));
    assertThat(file()).doesNotExist();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void messages_in_flight_and_waiting_for_a_retry_count_for_the_limit_of_bytes() {
    FairWorkQueue small = queue(new Limits(10, 100, 100));
    assertThat(small.send("12345678", ORIGIN)).isEqualTo(SendResult.ENQUEUED);
    Received first = small.receive(1).getFirst();
    assertThat(small.send("123", ORIGIN)).isEqualTo(SendResult.FULL);
    small.fail(Map.of(first.id(), "down"));
    assertThat(small.send("123", ORIGIN)).isEqualTo(SendResult.FULL);
    small.remove(List.of(first.id()));
    assertThat(small.send("123", ORIGIN)).isEqualTo(SendResult.ENQUEUED);
  }

  @Test
  void a_closed_queue_accepts_and_delivers_nothing() {
    queue().send("waiting", ORIGIN);
    queue().close();
    assertThat(queue().send("too late", ORIGIN)).isEqualTo(SendResult.FULL);
    assertThat(queue().receive(10)).isEmpty();
  }

  private Path file() {
    return folder.resolve("dead-letters.jsonl");
  }

  private FairWorkQueue queue(Limits limits) {
    return new FairWorkQueue(SETTINGS, limits, new DeadLetterFile(file(), clock), clock);
  }

  private FairWorkQueue queue() {
    if (queue == null) {
      throw new IllegalStateException("not open");
    }
    return queue;
  }
}
