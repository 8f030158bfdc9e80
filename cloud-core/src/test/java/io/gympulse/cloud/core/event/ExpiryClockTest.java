package io.gympulse.cloud.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.process.ProcessClock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExpiryClockTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  /// A transaction of the store may read the time while the keeper waits for that transaction.
  @Test
  void the_time_can_be_read_while_it_is_being_stored() throws Exception {
    CountDownLatch keeping = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    ExpiryClock clock =
        new ExpiryClock(
            ProcessClock.scaled(Instant.EPOCH, 1, () -> NOON),
            new ExpiryTime(NOON),
            _ -> {
              keeping.countDown();
              await(read);
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> advance = threads.submit(() -> clock.advance(Optional.empty()));
      await(keeping);
      Future<Instant> time = threads.submit(clock::instant);
      Future<?> status = threads.submit(clock::status);
      try {
        assertThat(time.get(20, TimeUnit.SECONDS)).isEqualTo(NOON);
        assertThat(status.get(20, TimeUnit.SECONDS)).isNotNull();
      } finally {
        read.countDown();
      }
      advance.get(20, TimeUnit.SECONDS);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
