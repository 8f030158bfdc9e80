package io.gympulse.cloud.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.broadcast.BoundedCalls.Bounds;
import io.gympulse.cloud.broadcast.BoundedCalls.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class BoundedCallsTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void a_call_that_hangs_is_cancelled_and_interrupted() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    try (BoundedCalls calls = new BoundedCalls(new Bounds(1, LONG, SHORT))) {
      Result<String> result =
          calls.call(
              () -> {
                try {
                  new CountDownLatch(1).await();
                } finally {
                  interrupted.countDown();
                }
                return "never";
              });
      assertThat(result).isEqualTo(new Result.TimedOut<String>());
      interrupted.await();
      assertThat(calls.call(() -> "next")).isEqualTo(new Result.Completed<>("next"));
    }
  }

  @Test
  void a_call_whose_turn_does_not_come_is_not_begun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger calledWithoutRoom = new AtomicInteger();
    try (BoundedCalls calls = new BoundedCalls(new Bounds(1, SHORT, LONG))) {
      Thread first =
          Thread.ofVirtual()
              .start(
                  () ->
                      calls.call(
                          () -> {
                            begun.countDown();
                            end.await();
                            return "first";
                          }));
      begun.await();
      assertThat(calls.call(calledWithoutRoom::incrementAndGet))
          .isEqualTo(new Result.Rejected<Integer>());
      assertThat(calledWithoutRoom).hasValue(0);
      end.countDown();
      first.join();
    }
  }

  @Test
  void an_exception_of_a_call_is_returned() {
    IOException why = new IOException("broken");
    try (BoundedCalls calls = new BoundedCalls(new Bounds(1, LONG, LONG))) {
      Result<String> result =
          calls.call(
              () -> {
                throw why;
              });
      assertThat(result).isEqualTo(new Result.Failed<String>(why));
    }
  }

  @Test
  void many_calls_have_results_in_order_and_bounded_concurrency() {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int number = i;
      work.add(
          () -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            LockSupport.parkNanos(100_000);
            underWay.decrementAndGet();
            return number;
          });
    }
    try (BoundedCalls calls = new BoundedCalls(new Bounds(3, LONG, LONG))) {
      List<Result<Integer>> results = calls.callAll(work);
      for (int i = 0; i < 100; i++) {
        assertThat(results.get(i)).isEqualTo(new Result.Completed<>(i));
      }
    }
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void after_the_end_nothing_is_begun() {
    BoundedCalls calls = new BoundedCalls(new Bounds(1, LONG, LONG));
    calls.close();
    assertThat(calls.call(() -> "late")).isEqualTo(new Result.Rejected<String>());
  }
}
