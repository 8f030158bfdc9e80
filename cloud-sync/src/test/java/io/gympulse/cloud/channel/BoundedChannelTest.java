package io.gympulse.cloud.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.alert.DeliveryChannel;
import io.gympulse.cloud.alert.Outcome;
import io.gympulse.cloud.call.BoundedCalls;
import io.gympulse.cloud.state.alert.Channel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedChannelTest {
  private static final BoundedCalls.Bounds BOUNDS =
      new BoundedCalls.Bounds(2, Duration.ofSeconds(20), Duration.ofMillis(100));

  @Test
  void what_the_channel_says_is_handed_on() {
    assertThat(outcome((_, _) -> new Outcome.Gone("closed"))).isEqualTo(new Outcome.Gone("closed"));
  }

  @Test
  void a_channel_that_hangs_is_given_up_and_asked_again_later() {
    assertThat(
            outcome(
                (_, _) -> {
                  hang();
                  return new Outcome.Delivered();
                }))
        .isEqualTo(new Outcome.Retry("no answer in time"));
  }

  @Test
  void a_channel_that_throws_is_asked_again_later() {
    assertThat(
            outcome(
                (_, _) -> {
                  throw new IllegalStateException("secret detail");
                }))
        .isEqualTo(new Outcome.Retry("failed by IllegalStateException"));
  }

  private static Outcome outcome(DeliveryChannel<Channel.WebSocket> channel) {
    try (BoundedChannel<Channel.WebSocket> bounded = new BoundedChannel<>(channel, BOUNDS)) {
      return bounded.deliver(Samples.free(), new Channel.WebSocket());
    }
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
