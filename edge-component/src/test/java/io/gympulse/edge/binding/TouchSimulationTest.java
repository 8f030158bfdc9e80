package io.gympulse.edge.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.binding.TouchMatcher.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// An installer binds 40 machines while every other sensor is active by chance in one window of 20,
/// now and then in a burst like that of a touch.
class TouchSimulationTest {
  private static final int MACHINES = 40;
  private static final double CHATTER = 0.05;
  private static final int MOST_TOUCHES = 6;
  private static final Duration WALK = Duration.ofSeconds(4);
  private static final Duration BETWEEN_TOUCHES = Duration.ofSeconds(1);

  @Test
  void no_machine_is_bound_wrongly_and_forty_take_ten_minutes() {
    int bound = 0;
    Duration total = Duration.ZERO;
    int runs = 60;
    for (int seed = 0; seed < runs; seed++) {
      Run run = new Run(seed);
      run.bindAll();
      assertThat(run.wrong).as("wrong bindings with seed %d", seed).isZero();
      bound += run.bindings.size();
      total = total.plus(run.duration());
    }
    assertThat(bound).isGreaterThan(runs * MACHINES * 98 / 100);
    assertThat(total.dividedBy(runs)).isLessThan(Duration.ofMinutes(10));
  }

  private static final class Run {
    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private final Random random;
    private final TouchMatcher matcher = new TouchMatcher(START);
    private final Map<String, Integer> bindings = new HashMap<>();
    private Instant now = START;
    private Instant begun = START;
    private int wrong;

    Run(int seed) {
      random = new Random(seed);
      IntStream.range(0, MACHINES).forEach(it -> matcher.add("s-" + it));
    }

    void bindAll() {
      pass(Duration.ofSeconds(60), -1);
      begun = now;
      for (int machine = 0; machine < MACHINES; machine++) {
        matcher.nextMachine(now);
        bind(machine);
        pass(WALK, -1);
      }
    }

    private void bind(int machine) {
      for (int touch = 0; touch < MOST_TOUCHES; touch++) {
        matcher.beginTouch(now);
        pass(TouchMatcher.WINDOW, machine);
        if (matcher.verdict(Set.copyOf(bindings.keySet())) instanceof Verdict.Certain certain) {
          bindings.put(certain.found().candidate(), machine);
          if (!certain.found().candidate().equals("s-" + machine)) {
            wrong++;
          }
          return;
        }
        pass(BETWEEN_TOUCHES, -1);
      }
    }

    /// Advances in steps of a fifth of a second.
    ///
    /// @param touched the machine that is moved; -1 for none
    private void pass(Duration time, int touched) {
      long steps = time.dividedBy(Duration.ofMillis(200));
      double perStep = CHATTER / TouchMatcher.WINDOW.dividedBy(Duration.ofMillis(200));
      for (long step = 0; step < steps; step++) {
        for (int sensor = 0; sensor < MACHINES; sensor++) {
          if (sensor != touched && random.nextDouble() < perStep) {
            change(sensor, burst());
          }
        }
        now = now.plusMillis(200);
        matcher.advance(now);
        if (step == 4 && touched >= 0 && random.nextDouble() < 0.97) {
          change(touched, 2 + random.nextInt(4));
        }
      }
    }

    /// Mostly somebody comes or goes, now and then somebody fidgets.
    private int burst() {
      double kind = random.nextDouble();
      if (kind < 0.7) {
        return 1;
      }
      return kind < 0.95 ? 2 : 4;
    }

    private void change(int sensor, int times) {
      IntStream.range(0, times).forEach(_ -> matcher.changed("s-" + sensor, now));
    }

    Duration duration() {
      return Duration.between(begun, now);
    }
  }
}
