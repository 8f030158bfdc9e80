package io.gympulse.cloud.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyedExecutorTest {
  private final KeyedExecutor<String> executor = new KeyedExecutor<>(10, 6);
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void a_slow_task_does_not_hold_up_other_keys_and_keeps_the_position_back() throws Exception {
    assertThat(executor.completedPosition()).isEqualTo(6);
    executor.submit("slow", 7, this::takeLong);
    executor.submit("quick", 9, () -> done.add("quick"));
    await().until(() -> done.contains("quick"));
    assertThat(executor.completedPosition()).isEqualTo(6);
    end.countDown();
    await().until(() -> executor.completedPosition() == 9);
    assertThat(done).containsExactly("quick", "slow");
  }

  @Test
  void while_a_task_of_a_key_runs_only_the_newest_is_queued() throws Exception {
    executor.submit("bike", 7, this::takeLong);
    begun.await();
    for (int i = 8; i < 100; i++) {
      String name = "update-" + i;
      executor.submit("bike", i, () -> done.add(name));
    }
    assertThat(executor.completedPosition()).isEqualTo(6);
    end.countDown();
    await().until(() -> executor.completedPosition() == 99);
    assertThat(done).containsExactly("slow", "update-99");
  }

  @Test
  void a_task_interrupted_by_close_does_not_count_as_done() throws Exception {
    executor.submit("bike", 7, this::takeLong);
    begun.await();
    executor.close();
    assertThat(executor.completedPosition()).isEqualTo(6);
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
