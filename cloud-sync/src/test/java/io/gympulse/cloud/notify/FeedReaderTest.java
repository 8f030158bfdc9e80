package io.gympulse.cloud.notify;

import static io.gympulse.cloud.notify.TestGym.BIKE;
import static io.gympulse.cloud.notify.TestGym.NOON;
import static io.gympulse.cloud.notify.TestGym.ROWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.core.feed.FeedConsumer;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.feed.UpdateFeed.FeedCursor;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FeedReaderTest {
  private final TestGym gym = new TestGym();
  private final Cursor cursor = new Cursor();
  private final ConsumerCounters counters = new ConsumerCounters();
  private final List<MachineId> seen = new CopyOnWriteArrayList<>();

  @Test
  void a_restart_continues_from_the_last_save() {
    try (FeedReader _ = reader(this::note)) {
      gym.free(BIKE, NOON);
      await().untilAsserted(() -> assertThat(seen).containsExactly(BIKE));
    }
    gym.free(ROWER, NOON);
    try (FeedReader reader = reader(this::note)) {
      await().untilAsserted(() -> assertThat(seen).containsExactly(BIKE, ROWER));
      reader.save();
      assertThat(cursor.position).isEqualTo(gym.store().feed().position());
    }
  }

  @Test
  void updates_after_the_last_save_are_consumed_again_after_a_kill() {
    cursor.lost = true;
    try (FeedReader _ = reader(this::note)) {
      gym.free(BIKE, NOON);
      await().untilAsserted(() -> assertThat(seen).containsExactly(BIKE));
    }
    try (FeedReader _ = reader(this::note)) {
      await().untilAsserted(() -> assertThat(seen).containsExactly(BIKE, BIKE));
    }
  }

  @Test
  void while_the_store_is_unavailable_updates_are_retried_and_none_is_lost() {
    AtomicInteger failures = new AtomicInteger(FeedReader.MAX_ATTEMPTS + 5);
    try (FeedReader _ =
        reader(
            it -> {
              if (failures.getAndDecrement() > 0) {
                throw new StoreUnavailableException("away", null);
              }
              note(it);
            })) {
      gym.free(BIKE, NOON);
      gym.free(ROWER, NOON);
      await().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder(BIKE, ROWER));
    }
    assertThat(counters.failure().get("test")).isEqualTo(FeedReader.MAX_ATTEMPTS + 5L);
  }

  @Test
  void an_update_that_cannot_be_consumed_is_skipped_and_counted() {
    try (FeedReader _ =
        reader(
            it -> {
              if (machine(it).equals(BIKE)) {
                throw new IllegalStateException("bad");
              }
              note(it);
            })) {
      gym.free(BIKE, NOON);
      gym.free(ROWER, NOON);
      await().untilAsserted(() -> assertThat(seen).containsExactly(ROWER));
      await().untilAsserted(() -> assertThat(counters.skipped().get("test")).isEqualTo(1));
    }
  }

  @Test
  void a_slow_machine_does_not_hold_up_others() {
    CountDownLatch end = new CountDownLatch(1);
    try (FeedReader reader =
        reader(
            it -> {
              if (machine(it).equals(BIKE)) {
                awaitEnd(end);
              }
              note(it);
            })) {
      gym.free(BIKE, NOON);
      gym.free(ROWER, NOON);
      await().untilAsserted(() -> assertThat(seen).containsExactly(ROWER));
      reader.save();
      assertThat(cursor.position).isLessThan(gym.store().feed().position());
      end.countDown();
      await().untilAsserted(() -> assertThat(seen).containsExactly(ROWER, BIKE));
    }
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(FeedUpdate update) {
    seen.add(machine(update));
  }

  private static MachineId machine(FeedUpdate update) {
    return ((FeedUpdate.MachineChanged) update).state().machine();
  }

  private FeedReader reader(Consumer<FeedUpdate> work) {
    FeedConsumer consumer =
        new FeedConsumer() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public void consume(FeedUpdate update, Instant now) {
            work.accept(update);
          }
        };
    return new FeedReader(
        gym.store().feed(), cursor, consumer, () -> NOON, Duration.ofMillis(5), counters);
  }

  private static final class Cursor implements FeedCursor {
    private long position;
    private boolean lost;

    @Override
    public synchronized long position() {
      return position;
    }

    @Override
    public synchronized void move(long to) {
      position = lost ? position : to;
    }
  }
}
