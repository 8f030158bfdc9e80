package io.gympulse.cloud.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a client sends may be quoted in a log message; it never makes a line of its own.
class LogLinesTest {
  private static final Logger LOG = LoggerFactory.getLogger("gympulse.test");
  private static final String FORGED = "x\r\n12:00:00.000 INFO  forged - all is well\u001b[2J";

  @Test
  void a_value_with_line_breaks_stays_in_its_line() {
    assertThat(logged(() -> LOG.warn("header {}", FORGED)))
        .singleElement()
        .asString()
        .endsWith("header x  12:00:00.000 INFO  forged - all is well [2J");
  }

  @Test
  void so_does_an_exceptions_message_and_its_stack_is_still_there() {
    List<String> lines =
        logged(
            () ->
                LOG.warn(
                    "failed",
                    new IllegalStateException("a\nb", new IllegalArgumentException(FORGED))));
    assertThat(lines).noneMatch(it -> it.startsWith("12:00:00.000 INFO  forged"));
    assertThat(lines)
        .anyMatch(it -> it.startsWith("Caused by: java.lang.IllegalArgumentException"));
    assertThat(lines.stream().filter(it -> it.startsWith("\tat "))).hasSizeGreaterThan(5);
  }

  private static List<String> logged(Runnable what) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      what.run();
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
