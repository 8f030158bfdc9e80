package io.gympulse.cloud.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes<String> lanes = new Lanes<>(10, 6);
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    lanes.close();
  }

  @Test
  void work_that_takes_long_holds_up_no_other_key_and_keeps_the_position_back() throws Exception {
    assertThat(lanes.done()).isEqualTo(6);
    lanes.add("slow", 7, this::takeLong);
    lanes.add("quick", 9, () -> done.add("quick"));
    await().until(() -> done.contains("quick"));
    assertThat(lanes.done()).isEqualTo(6);
    end.countDown();
    await().until(() -> lanes.done() == 9);
    assertThat(done).containsExactly("quick", "slow");
  }

  @Test
  void of_a_key_whose_work_is_under_way_only_the_newest_waits() throws Exception {
    lanes.add("bike", 7, this::takeLong);
    begun.await();
    for (int i = 8; i < 100; i++) {
      String name = "update-" + i;
      lanes.add("bike", i, () -> done.add(name));
    }
    assertThat(lanes.done()).isEqualTo(6);
    end.countDown();
    await().until(() -> lanes.done() == 99);
    assertThat(done).containsExactly("slow", "update-99");
  }

  @Test
  void what_is_interrupted_by_the_end_does_not_count_as_done() throws Exception {
    lanes.add("bike", 7, this::takeLong);
    begun.await();
    lanes.close();
    assertThat(lanes.done()).isEqualTo(6);
  }

  private void takeLong() {
    begun.countDown();
    try {
      end.await();
      done.add("slow");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
