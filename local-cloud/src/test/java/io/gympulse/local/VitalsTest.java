package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VitalsTest {
  private static final Duration SOON = Duration.ofMillis(5);

  private volatile Optional<String> disk = Optional.empty();
  private final List<String> ends = new CopyOnWriteArrayList<>();

  @Test
  void what_fails_is_named_until_it_works_again() {
    try (Vitals vitals = watch(false, () -> disk)) {
      disk = Optional.of("the disk is full");
      await()
          .untilAsserted(
              () ->
                  assertThat(vitals.problems())
                      .containsExactly(Map.entry("store", "the disk is full")));
      disk = Optional.empty();
      await().until(() -> vitals.problems().isEmpty());
    }
    assertThat(ends).isEmpty();
  }

  @Test
  void a_probe_that_throws_has_failed() {
    try (Vitals vitals =
        watch(
            false,
            () -> {
              throw new IllegalStateException("damaged");
            })) {
      await().until(() -> vitals.problems().equals(Map.of("store", "damaged")));
    }
  }

  @Test
  void what_hangs_is_noticed() {
    CountDownLatch never = new CountDownLatch(1);
    try (Vitals vitals =
        watch(
            false,
            () -> {
              never.await();
              return Optional.empty();
            })) {
      await().until(() -> vitals.problems().getOrDefault("store", "").contains("does not answer"));
    } finally {
      never.countDown();
    }
  }

  @Test
  void the_first_try_does_not_wait() {
    try (Vitals vitals =
        Vitals.watch(
            List.of(new Vitals.Organ("store", false, () -> Optional.of("the disk is full"))),
            Duration.ofHours(1),
            Duration.ofHours(1),
            ends::add)) {
      await().until(() -> vitals.problems().containsKey("store"));
    }
  }

  @Test
  void a_part_that_does_not_come_back_ends_the_process_once() {
    try (Vitals vitals = watch(true, () -> Optional.of("the broker has stopped"))) {
      await().until(() -> !ends.isEmpty());
      assertThat(vitals.problems()).isNotEmpty();
    }
    assertThat(ends).containsExactly("store: the broker has stopped");
  }

  private Vitals watch(boolean mortal, Vitals.Probe probe) {
    return Vitals.watch(
        List.of(new Vitals.Organ("store", mortal, probe)), SOON, SOON.multipliedBy(4), ends::add);
  }
}
