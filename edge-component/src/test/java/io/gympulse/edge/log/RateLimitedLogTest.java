package io.gympulse.edge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.FormattingTuple;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.SubstituteLogger;

class RateLimitedLogTest {
  private final Queue<SubstituteLoggingEvent> lines = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final RateLimitedLog log =
      new RateLimitedLog(new SubstituteLogger("test", lines, false), () -> now);

  @Test
  void there_is_one_line_per_interval_with_the_number_of_all_occurrences() {
    for (int i = 0; i < 3; i++) {
      log.warn(() -> "malformed");
    }
    now = now.plus(RateLimitedLog.INTERVAL).minusMillis(1);
    log.warn(() -> "malformed");
    now = now.plusMillis(1);
    log.warn(() -> "malformed");
    assertThat(messages())
        .containsExactly("malformed; occurrences so far: 1", "malformed; occurrences so far: 5");
  }

  @Test
  void an_error_is_logged_with_its_cause() {
    IllegalStateException cause = new IllegalStateException("no room");
    log.error(() -> "not recorded", cause);
    assertThat(messages()).containsExactly("not recorded; occurrences so far: 1");
    assertThat(lines).allMatch(it -> cause.equals(it.getThrowable()));
  }

  @Test
  void a_message_is_evaluated_only_if_it_is_logged() {
    log.warn(() -> "first");
    log.warn(
        () -> {
          throw new IllegalStateException("evaluated");
        });
    assertThat(lines).hasSize(1);
  }

  private List<String> messages() {
    return lines.stream()
        .map(it -> MessageFormatter.arrayFormat(it.getMessage(), it.getArgumentArray()))
        .map(FormattingTuple::getMessage)
        .toList();
  }
}
