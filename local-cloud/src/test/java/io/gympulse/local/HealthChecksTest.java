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

class HealthChecksTest {
  private static final Duration SOON = Duration.ofMillis(5);

  private volatile Optional<String> disk = Optional.empty();
  private final List<String> ends = new CopyOnWriteArrayList<>();

  @Test
  void a_failing_component_is_a_problem_until_it_works_again() {
    try (HealthChecks checks = watch(false, () -> disk)) {
      disk = Optional.of("the disk is full");
      await()
          .untilAsserted(
              () ->
                  assertThat(checks.problems())
                      .containsExactly(Map.entry("store", "the disk is full")));
      disk = Optional.empty();
      await().until(() -> checks.problems().isEmpty());
    }
    assertThat(ends).isEmpty();
  }

  @Test
  void a_probe_that_throws_has_failed() {
    try (HealthChecks checks =
        watch(
            false,
            () -> {
              throw new IllegalStateException("damaged");
            })) {
      await().until(() -> checks.problems().equals(Map.of("store", "damaged")));
    }
  }

  @Test
  void a_check_that_hangs_is_a_problem() {
    CountDownLatch never = new CountDownLatch(1);
    try (HealthChecks checks =
        watch(
            false,
            () -> {
              never.await();
              return Optional.empty();
            })) {
      await().until(() -> checks.problems().getOrDefault("store", "").contains("does not answer"));
    } finally {
      never.countDown();
    }
  }

  @Test
  void the_first_check_runs_at_once() {
    try (HealthChecks checks =
        HealthChecks.start(
            List.of(new HealthChecks.Check("store", false, () -> Optional.of("the disk is full"))),
            Duration.ofHours(1),
            Duration.ofHours(1),
            ends::add)) {
      await().until(() -> checks.problems().containsKey("store"));
    }
  }

  @Test
  void a_fatal_check_that_keeps_failing_ends_the_process_once() {
    try (HealthChecks checks = watch(true, () -> Optional.of("the broker has stopped"))) {
      await().until(() -> !ends.isEmpty());
      assertThat(checks.problems()).isNotEmpty();
    }
    assertThat(ends).containsExactly("store: the broker has stopped");
  }

  private HealthChecks watch(boolean fatal, HealthChecks.Probe probe) {
    return HealthChecks.start(
        List.of(new HealthChecks.Check("store", fatal, probe)),
        SOON,
        SOON.multipliedBy(4),
        ends::add);
  }
}
