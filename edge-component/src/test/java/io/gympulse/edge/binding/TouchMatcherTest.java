package io.gympulse.edge.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.binding.TouchMatcher.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TouchMatcherTest {
  private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

  private final TouchMatcher matcher = new TouchMatcher(START);
  private Instant now = START;

  @BeforeEach
  void forty_silent_sensors() {
    for (int i = 0; i < 40; i++) {
      matcher.add("s-" + i);
    }
    pass(120);
  }

  @Test
  void a_sensor_that_moves_with_its_machine_twice_is_certain() {
    touch("s-7", 4);
    touch("s-7", 4);
    assertThat(matcher.verdict(Set.of()))
        .isInstanceOfSatisfying(
            Verdict.Certain.class, it -> assertThat(it.found().candidate()).isEqualTo("s-7"));
  }

  @Test
  void one_change_alone_needs_another_touch() {
    touch("s-7", 1);
    assertThat(matcher.verdict(Set.of()))
        .isInstanceOfSatisfying(
            Verdict.Unsure.class,
            it -> assertThat(it.ranked().getFirst().candidate()).isEqualTo("s-7"));
  }

  @Test
  void two_sensors_that_always_move_together_are_never_kept_apart_by_guessing() {
    for (int i = 0; i < 5; i++) {
      matcher.beginTouch(now);
      change("s-1", 4);
      change("s-2", 4);
      pass(6);
      assertThat(matcher.verdict(Set.of())).isInstanceOf(Verdict.Unsure.class);
    }
  }

  @Test
  void a_sensor_that_chatters_all_the_time_does_not_win() {
    for (int i = 0; i < 60; i++) {
      change("s-3", 1);
      pass(1);
    }
    for (int i = 0; i < 3; i++) {
      matcher.beginTouch(now);
      change("s-3", 3);
      pass(6);
    }
    assertThat(matcher.verdict(Set.of())).isNotInstanceOf(Verdict.Certain.class);
    touch("s-4", 4);
    touch("s-4", 4);
    touch("s-4", 4);
    assertThat(matcher.verdict(Set.of())).isNotInstanceOf(Verdict.Missing.class);
  }

  @Test
  void touches_without_a_change_find_nothing() {
    touch("s-7", 0);
    assertThat(matcher.verdict(Set.of())).isEqualTo(new Verdict.Unsure(List.of()));
    touch("s-7", 0);
    assertThat(matcher.verdict(Set.of())).isEqualTo(new Verdict.Missing());
  }

  @Test
  void a_sensor_of_another_machine_is_not_bound_again() {
    touch("s-7", 4);
    touch("s-7", 4);
    touch("s-7", 4);
    assertThat(matcher.verdict(Set.of("s-7"))).isInstanceOf(Verdict.Taken.class);
  }

  @Test
  void a_new_machine_starts_without_touches() {
    touch("s-7", 4);
    matcher.nextMachine(now);
    assertThat(matcher.touches()).isZero();
    assertThat(matcher.verdict(Set.of())).isEqualTo(new Verdict.Pending());
    touch("s-8", 4);
    touch("s-8", 4);
    assertThat(matcher.verdict(Set.of("s-7")))
        .isInstanceOfSatisfying(
            Verdict.Certain.class, it -> assertThat(it.found().candidate()).isEqualTo("s-8"));
  }

  @Test
  void a_change_after_the_window_is_background() {
    matcher.beginTouch(now);
    pass(TouchMatcher.WINDOW.toSeconds());
    change("s-7", 4);
    pass(1);
    assertThat(matcher.verdict(Set.of())).isEqualTo(new Verdict.Unsure(List.of()));
  }

  @Test
  void a_motion_sensor_that_stays_active_is_found_without_a_second_change() {
    touch("s-7", 1);
    pass(60);
    change("s-7", 1);
    pass(10);
    touch("s-7", 1);
    pass(60);
    change("s-7", 1);
    pass(10);
    touch("s-7", 1);
    assertThat(matcher.verdict(Set.of())).isInstanceOf(Verdict.Certain.class);
  }

  private void touch(String sensor, int changes) {
    matcher.beginTouch(now);
    change(sensor, changes);
    pass(6);
  }

  private void change(String sensor, int times) {
    for (int i = 0; i < times; i++) {
      matcher.changed(sensor, now);
    }
  }

  private void pass(long seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
    matcher.advance(now);
  }
}
