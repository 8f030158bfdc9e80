package io.gympulse.local.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.local.queue.FairWorkQueue.Limits;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLetterFileTest {
  private static final ProcessClock CLOCK = ProcessClock.real();

  @TempDir Path directory;
  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final List<EventSourceMapping> open = new ArrayList<>();
  private volatile boolean broken = true;
  private volatile CountDownLatch hold = new CountDownLatch(0);
  private Path file = Path.of("");

  @BeforeEach
  void begin() {
    file = directory.resolve("dead-letters.jsonl");
  }

  @AfterEach
  void stop() {
    hold.countDown();
    open.forEach(EventSourceMapping::close);
  }

  @Test
  void dead_letters_are_listed_with_their_reason_and_handled_after_a_redrive() {
    DeadLetterFile letters = new DeadLetterFile(file, CLOCK);
    give(queue(letters, 1_000_000), letters, "one", "two");
    assertThat(letters.list(1))
        .singleElement()
        .satisfies(it -> assertThat(it.reason()).contains("broken"));
    broken = false;

    assertThat(letters.redrive()).isEqualTo(new RedriveResult.Moved(2, 0));

    await().until(() -> handled.size() == 2);
    await().until(() -> letters.list(9).isEmpty());
    assertThat(handled).containsExactlyInAnyOrder("one", "two");
    assertThat(directory).isEmptyDirectory();
    assertThat(letters.redrive()).isEqualTo(new RedriveResult.Moved(0, 0));
  }

  @Test
  void a_redriven_message_that_fails_again_is_a_dead_letter_again() {
    DeadLetterFile letters = new DeadLetterFile(file, CLOCK);
    give(queue(letters, 1_000_000), letters, "poison");
    String first = letters.list(1).getFirst().messageId();

    letters.redrive();

    await()
        .untilAsserted(
            () ->
                assertThat(letters.list(9))
                    .singleElement()
                    .satisfies(it -> assertThat(it.messageId()).isNotEqualTo(first)));
  }

  @Test
  void a_letter_of_an_interrupted_redrive_is_kept() {
    DeadLetterFile letters = new DeadLetterFile(file, CLOCK);
    give(queue(letters, 1_000_000), letters, "one", "two");
    hold = new CountDownLatch(1);
    letters.redrive();
    assertThat(letters.redrive()).isEqualTo(new RedriveResult.UnderWay());

    // The state in which a process that is killed now leaves the files.
    DeadLetterFile next = new DeadLetterFile(file, CLOCK);

    assertThat(next.list(9)).extracting(DeadLetter::body).containsExactly("one", "two");
  }

  @Test
  void letters_without_a_queue_and_incomplete_lines_stay_in_the_file() throws IOException {
    DeadLetterFile letters = new DeadLetterFile(file, CLOCK);
    FairWorkQueue queue = queue(letters, 1_000_000);
    give(queue, letters, "one");
    String half = Files.readString(file).substring(0, 20);
    Files.writeString(file, half, StandardOpenOption.APPEND);
    queue.close();

    DeadLetterFile next = new DeadLetterFile(file, CLOCK);
    assertThat(next.redrive()).isEqualTo(new RedriveResult.Moved(0, 2));
    broken = false;
    queue(next, 1_000_000);
    assertThat(next.redrive()).isEqualTo(new RedriveResult.Moved(1, 1));
    await().until(() -> handled.size() == 1);
    assertThat(file).content().isEqualTo(half + "\n");
  }

  @Test
  void letters_that_do_not_fit_into_the_queue_stay() {
    DeadLetterFile letters = new DeadLetterFile(file, CLOCK);
    give(queue(letters, 10), letters, "12345678", "abcdefgh");
    hold = new CountDownLatch(1);

    assertThat(letters.redrive()).isEqualTo(new RedriveResult.Moved(1, 1));
    assertThat(letters.list(9)).hasSize(2);
  }

  /// Sends messages and waits until they are dead letters.
  private void give(FairWorkQueue queue, DeadLetterFile letters, String... bodies) {
    for (String body : bodies) {
      int before = letters.list(99).size();
      queue.send(List.of(body));
      await().until(() -> letters.list(99).size() > before);
    }
  }

  private FairWorkQueue queue(DeadLetterFile letters, long bytes) {
    QueueSettings settings = new QueueSettings("test", Duration.ofMillis(5), 2, 100);
    FairWorkQueue queue =
        new FairWorkQueue(settings, new Limits(bytes, 2L << 20, 100_000), letters, CLOCK);
    open.add(new EventSourceMapping(settings, queue, (event, _) -> handle(event), CLOCK));
    return queue;
  }

  private SQSBatchResponse handle(SQSEvent event) {
    await().until(() -> hold.getCount() == 0);
    if (broken) {
      throw new IllegalStateException("broken");
    }
    event.getRecords().forEach(it -> handled.add(it.getBody()));
    return new SQSBatchResponse(List.of());
  }
}
