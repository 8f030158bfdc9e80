package io.gympulse.cloud.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.api.stream.ClientFrameLimiter.Violation;
import org.junit.jupiter.api.Test;

class ClientFrameLimiterTest {
  private static final long SECOND = 1_000_000_000;

  private final ClientFrameLimiter limiter = new ClientFrameLimiter(0);

  @Test
  void a_message_of_the_maximum_length_passes_and_a_longer_one_does_not() {
    assertThat(limiter.data(ClientFrameLimiter.MAX_MESSAGE_BYTES, true, 0)).isEmpty();
    assertThat(limiter.data(ClientFrameLimiter.MAX_MESSAGE_BYTES + 1, true, 0))
        .contains(Violation.TOO_LONG);
  }

  @Test
  void fragments_add_up_until_the_message_ends() {
    assertThat(limiter.data(4_000, false, 0)).isEmpty();
    assertThat(limiter.data(96, true, 0)).isEmpty();
    assertThat(limiter.data(4_000, false, 0)).isEmpty();
    assertThat(limiter.data(97, true, 0)).contains(Violation.TOO_LONG);
  }

  @Test
  void empty_fragments_are_counted() {
    for (int i = 0; i < ClientFrameLimiter.MAX_FRAGMENTS; i++) {
      assertThat(limiter.data(0, false, i * SECOND)).isEmpty();
    }
    assertThat(limiter.data(0, false, 99 * SECOND)).contains(Violation.TOO_LONG);
  }

  @Test
  void a_burst_passes_and_one_frame_more_does_not() {
    for (int i = 0; i < ClientFrameLimiter.BURST; i++) {
      assertThat(limiter.data(1, true, 0)).isEmpty();
    }
    assertThat(limiter.control(0)).contains(Violation.TOO_MANY);
  }

  @Test
  void four_frames_a_second_always_pass() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(limiter.control(i * SECOND / 4)).isEmpty();
    }
  }

  @Test
  void a_clock_that_goes_back_adds_no_tokens() {
    for (int i = 0; i < ClientFrameLimiter.BURST; i++) {
      assertThat(limiter.control(SECOND)).isEmpty();
    }
    assertThat(limiter.control(-SECOND)).contains(Violation.TOO_MANY);
  }
}
