package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client's text in a log message must not start a new line (log injection).
class LogLinesTest {
  private static final Logger LOG = LoggerFactory.getLogger("gympulse.test");
  private static final String FORGED = "x\r\n12:00:00.000 INFO  forged - all is well\u001b[2J";

  @Test
  void a_value_with_line_breaks_is_logged_in_one_line() {
    assertThat(logged(() -> LOG.warn("header {}", FORGED)))
        .singleElement()
        .asString()
        .endsWith("header x  12:00:00.000 INFO  forged - all is well [2J");
  }

  @Test
  void an_exceptions_message_is_logged_in_one_line_before_its_stack_trace() {
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

  private static List<String> logged(Runnable logging) {
    PrintStream before = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      logging.run();
    } finally {
      System.setErr(before);
    }
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
