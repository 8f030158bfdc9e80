package io.gympulse.cloud.dispatch;

import static io.gympulse.cloud.dispatch.Floor.BIKE;
import static io.gympulse.cloud.dispatch.Floor.NOON;
import static io.gympulse.cloud.dispatch.Floor.ROWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.core.feed.FeedCursor;
import io.gympulse.cloud.core.feed.FeedUpdate;
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
  private final Floor floor = new Floor();
  private final Cursor cursor = new Cursor();
  private final DispatchCounters counters = new DispatchCounters();
  private final List<MachineId> seen = new CopyOnWriteArrayList<>();

  @Test
  void a_restart_goes_on_where_the_last_save_was() {
    try (FeedReader _ = reader(this::note)) {
      floor.free(BIKE, NOON);
      await().untilAsserted(() -> assertThat(seen).containsExactly(BIKE));
    }
    floor.free(ROWER, NOON);
    try (FeedReader reader = reader(this::note)) {
      await().untilAsserted(() -> assertThat(seen).containsExactly(BIKE, ROWER));
      reader.save();
      assertThat(cursor.position).isEqualTo(floor.store().feed().position());
    }
  }

  @Test
  void what_was_done_after_the_last_save_is_done_again_after_a_kill() {
    cursor.lost = true;
    try (FeedReader _ = reader(this::note)) {
      floor.free(BIKE, NOON);
      await().untilAsserted(() -> assertThat(seen).containsExactly(BIKE));
    }
    try (FeedReader _ = reader(this::note)) {
      await().untilAsserted(() -> assertThat(seen).containsExactly(BIKE, BIKE));
    }
  }

  @Test
  void while_the_store_is_away_an_update_waits_and_none_is_lost() {
    AtomicInteger failures = new AtomicInteger(FeedReader.TRIES + 5);
    try (FeedReader _ =
        reader(
            it -> {
              if (failures.getAndDecrement() > 0) {
                throw new StoreUnavailableException("away", null);
              }
              note(it);
            })) {
      floor.free(BIKE, NOON);
      floor.free(ROWER, NOON);
      await().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder(BIKE, ROWER));
    }
    assertThat(counters.failed().get("test")).isEqualTo(FeedReader.TRIES + 5L);
  }

  @Test
  void an_update_that_cannot_be_followed_is_skipped_and_counted() {
    try (FeedReader _ =
        reader(
            it -> {
              if (machine(it).equals(BIKE)) {
                throw new IllegalStateException("bad");
              }
              note(it);
            })) {
      floor.free(BIKE, NOON);
      floor.free(ROWER, NOON);
      await().untilAsserted(() -> assertThat(seen).containsExactly(ROWER));
    }
    assertThat(counters.skipped().get("test")).isEqualTo(1);
  }

  @Test
  void a_machine_that_takes_long_holds_up_no_other() {
    CountDownLatch end = new CountDownLatch(1);
    try (FeedReader reader =
        reader(
            it -> {
              if (machine(it).equals(BIKE)) {
                awaitEnd(end);
              }
              note(it);
            })) {
      floor.free(BIKE, NOON);
      floor.free(ROWER, NOON);
      await().untilAsserted(() -> assertThat(seen).containsExactly(ROWER));
      reader.save();
      assertThat(cursor.position).isLessThan(floor.store().feed().position());
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
    Follower follower =
        new Follower() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public void follow(FeedUpdate update, Instant now) {
            work.accept(update);
          }
        };
    return new FeedReader(
        floor.store().feed(), cursor, follower, () -> NOON, Duration.ofMillis(5), counters);
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
