package io.gympulse.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;

class RateLimitedLogTest {
  private final Queue<SubstituteLoggingEvent> lines = new ArrayDeque<>();
  private final SubstituteLogger logger = new SubstituteLogger("test", lines, false);

  /// Monotonic time has no zero and may wrap.
  private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);

  private final RateLimitedLog log = new RateLimitedLog(logger, () -> nanos);

  @Test
  void a_subject_has_a_burst_of_three_lines_and_then_one_every_3_3_seconds() {
    for (int i = 0; i < 10; i++) {
      log.info("gw-1", "line {}", i);
    }
    assertThat(lines).hasSize(3);
    pass(Duration.ofMillis(3_300));
    log.info("gw-1", "too early");
    assertThat(lines).hasSize(3);
    pass(Duration.ofMillis(100));
    log.info("gw-1", "in time");
    assertThat(messages())
        .containsExactly("line 0", "line 1", "line 2", "in time (8 lines left out before)");
  }

  @Test
  void all_subjects_together_have_a_burst_of_fifty_lines_and_then_five_a_second() {
    for (int i = 0; i < 100; i++) {
      log.info("gw-" + i, "a line");
    }
    assertThat(lines).hasSize(50);
    pass(Duration.ofSeconds(1));
    for (int i = 100; i < 200; i++) {
      log.info("gw-" + i, "a line");
    }
    assertThat(lines).hasSize(55);
  }

  @Test
  void there_is_one_line_per_subject_and_interval_with_the_number_left_out_before() {
    RateLimitedLog slow = RateLimitedLog.onePer(Duration.ofMinutes(1), logger, () -> nanos);
    for (int second = 0; second < 60; second++) {
      slow.warn("s-1", "malformed");
      pass(Duration.ofSeconds(1));
    }
    slow.warn("s-2", "malformed too");
    pass(Duration.ofMillis(1));
    slow.warn("s-1", "malformed");
    slow.warn("s-1", "malformed");
    pass(Duration.ofHours(1));
    slow.warn("s-1", "malformed");
    assertThat(messages())
        .containsExactly(
            "malformed",
            "malformed too",
            "malformed (59 lines left out before)",
            "malformed (1 lines left out before)");
  }

  @Test
  void each_level_is_logged_as_such_and_an_error_with_its_cause() {
    IllegalStateException cause = new IllegalStateException("no room");
    log.info("a", "i");
    log.warn("a", "w");
    log.error("a", "e {}", 1);
    log.error("b", cause, "{} not recorded", 2);
    assertThat(lines)
        .extracting(SubstituteLoggingEvent::getLevel)
        .containsExactly(Level.INFO, Level.WARN, Level.ERROR, Level.ERROR);
    assertThat(messages()).contains("e 1", "2 not recorded");
    assertThat(lines)
        .extracting(SubstituteLoggingEvent::getThrowable)
        .containsExactly(null, null, null, cause);
  }

  @Test
  void an_argument_is_turned_into_text_only_if_the_line_is_logged() {
    RateLimitedLog slow = RateLimitedLog.onePer(Duration.ofMinutes(1), logger, () -> nanos);
    slow.warn("s-1", "first");
    slow.warn(
        "s-1",
        "{}",
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("evaluated");
          }
        });
    assertThat(lines).hasSize(1);
  }

  @Test
  void an_argument_can_neither_forge_nor_flood_a_line() {
    log.info("a", "client={}", "x\r\n\u0085\u2028\u2029\u001b[31m\ud800 \ud83d\ude00");
    log.info("a", "{}", "x".repeat(5_000));
    assertThat(messages())
        .containsExactly("client=x??????[31m? \ud83d\ude00", "x".repeat(197) + "...");
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  private Iterable<String> messages() {
    return lines.stream()
        .map(it -> MessageFormatter.basicArrayFormat(it.getMessage(), it.getArgumentArray()))
        .toList();
  }
}
