package io.gympulse.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RateLimitedLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(RateLimitedLogTest.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong millis = new AtomicLong();
  private final RateLimitedLog log = new RateLimitedLog(logger, () -> millis.get() * 1_000_000);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
  }

  @Test
  void a_subject_has_a_burst_of_three_lines_and_then_one_every_3_3_seconds() {
    for (int i = 0; i < 10; i++) {
      log.info("gw-1", "line {}", i);
    }
    assertThat(lines.list).hasSize(3);
    millis.set(3_300);
    log.info("gw-1", "too early");
    assertThat(lines.list).hasSize(3);
    millis.set(3_400);
    log.info("gw-1", "in time");
    assertThat(lines.list).hasSize(4);
    assertThat(lines.list.getLast().getFormattedMessage())
        .isEqualTo("in time (8 lines left out before)");
  }

  @Test
  void all_subjects_together_have_a_burst_of_fifty_lines_and_then_five_a_second() {
    for (int i = 0; i < 100; i++) {
      log.info("gw-" + i, "a line");
    }
    assertThat(lines.list).hasSize(50);
    millis.set(1_000);
    for (int i = 100; i < 200; i++) {
      log.info("gw-" + i, "a line");
    }
    assertThat(lines.list).hasSize(55);
  }
}
