package io.gympulse.cloud.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DeliveryThreadsTest {
  private final DeliveryThreads threads = new DeliveryThreads();
  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void the_work_ends_when_all_that_it_began_has_ended() {
    CountDownLatch second = new CountDownLatch(1);

    String answer =
        threads.runAndAwait(
            () -> {
              threads.execute(
                  () -> {
                    await(second);
                    done.add("first");
                  });
              threads.execute(
                  () -> {
                    threads.execute(() -> done.add("third"));
                    second.countDown();
                  });
              return "answer";
            });

    assertThat(answer).isEqualTo("answer");
    assertThat(done).containsExactlyInAnyOrder("first", "third");
  }

  @Test
  void work_that_fails_waits_as_well() {
    assertThatThrownBy(
            () ->
                threads.runAndAwait(
                    () -> {
                      threads.execute(() -> done.add("it"));
                      throw new IllegalArgumentException("failed");
                    }))
        .hasMessage("failed");
    assertThat(done).containsExactly("it");
  }

  @Test
  void an_attempt_that_throws_fails_the_invocation() {
    assertThatThrownBy(
            () ->
                threads.runAndAwait(
                    () -> {
                      threads.execute(
                          () -> {
                            throw new AssertionError("broken");
                          });
                      return "answer";
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("broken");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
