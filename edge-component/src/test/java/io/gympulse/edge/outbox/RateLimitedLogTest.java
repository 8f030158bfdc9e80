package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RateLimitedLogTest {
  private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);

  private final RateLimitedLog log = new RateLimitedLog();

  @Test
  void the_first_failure_is_logged_at_once_and_later_ones_once_a_minute_with_their_count() {
    assertThat(at(0)).hasValue(1);
    LongStream.range(1, 60).forEach(second -> assertThat(at(second)).isEmpty());
    assertThat(at(60)).hasValue(60);
    assertThat(at(61)).isEmpty();
    assertThat(at(3_600)).hasValue(2);
  }

  /// Monotonic time has no zero and may wrap.
  private OptionalLong at(long second) {
    return log.count(START + TimeUnit.SECONDS.toNanos(second));
  }
}
