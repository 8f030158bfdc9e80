package io.gympulse.cloud.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.notify.channel.KeyedBulkhead.Bounds;
import io.gympulse.cloud.notify.channel.KeyedBulkhead.Result;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyedBulkheadTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration LONG = Duration.ofMinutes(5);

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final KeyedBulkhead<String> calls =
      new KeyedBulkhead<>(
          new Bounds(4, 2, 2, 100, 100, LONG, Duration.ofMillis(10), LONG), it -> it, () -> NOON);

  @AfterEach
  void close() {
    calls.close();
    callers.shutdownNow();
  }

  @Test
  void calls_that_hang_give_way_to_other_destinations_one_by_one() throws Exception {
    List<Future<Result<String>>> hanging = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      String key = "dead-" + i;
      hanging.add(callers.submit(() -> hang(key, begun)));
    }
    begun.await();
    assertThat(calls.call("honest", () -> "done", _ -> true))
        .isEqualTo(new Result.Completed<>("done"));
    assertThat(hanging).filteredOn(it -> !it.isDone()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void a_destination_that_hangs_takes_no_slot_but_its_own() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    List<Future<Result<String>>> hanging = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      hanging.add(callers.submit(() -> hang("dead", begun)));
    }
    begun.await();
    for (int i = 0; i < 50; i++) {
      assertThat(calls.call("honest", () -> "done", _ -> true))
          .isEqualTo(new Result.Completed<>("done"));
    }
    assertThat(hanging).filteredOn(it -> !it.isDone()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void an_exception_of_a_call_is_returned_and_three_of_them_open_the_circuit() {
    IOException why = new IOException("broken");
    for (int i = 0; i < 3; i++) {
      assertThat(broken("bad", why)).isEqualTo(new Result.Failed<>(why));
    }
    assertThat(broken("bad", why)).isEqualTo(new Result.CircuitOpen<>(Duration.ofSeconds(2)));
    assertThat(broken("other", why)).isEqualTo(new Result.Failed<>(why));
  }

  @Test
  void after_the_end_nothing_is_begun() {
    calls.close();
    assertThat(calls.call("a", () -> "late", _ -> true)).isEqualTo(new Result.Rejected<>());
  }

  private Result<String> broken(String key, IOException why) {
    return calls.call(
        key,
        () -> {
          throw why;
        },
        _ -> true);
  }

  private Result<String> hang(String key, CountDownLatch begun) {
    return calls.call(
        key,
        () -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return "never";
        },
        _ -> true);
  }
}
