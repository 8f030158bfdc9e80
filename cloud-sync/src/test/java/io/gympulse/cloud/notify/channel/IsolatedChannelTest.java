package io.gympulse.cloud.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.notify.DeliveryChannel;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class IsolatedChannelTest {
  private static final KeyedBulkhead.Bounds BOUNDS =
      new KeyedBulkhead.Bounds(
          2, 2, 2, 100, 100, Duration.ofSeconds(20), Duration.ofMillis(10), Duration.ofMillis(100));
  private static final IsolatedChannel.Destination ONE =
      new IsolatedChannel.Destination("site", "one");

  @Test
  void the_channel_s_outcome_is_returned() {
    assertThat(outcome((_, _) -> new DeliveryOutcome.Gone("closed")))
        .isEqualTo(new DeliveryOutcome.Gone("closed"));
  }

  @Test
  void a_channel_that_hangs_is_cancelled_and_retried_later() {
    assertThat(outcome((_, _) -> hang()))
        .isEqualTo(new DeliveryOutcome.NoAnswer("no answer in time"));
  }

  @Test
  void a_channel_that_throws_is_asked_again_later() {
    assertThat(
            outcome(
                (_, _) -> {
                  throw new IllegalStateException("secret detail");
                }))
        .isEqualTo(new DeliveryOutcome.Retry("failed by IllegalStateException"));
  }

  @Test
  void a_receiver_that_never_answers_is_not_called_for_a_while() {
    Channel.WebSocket page = new Channel.WebSocket();
    try (var channel =
        new IsolatedChannel<Channel.WebSocket>(
            (_, _) -> new DeliveryOutcome.NoAnswer("refused"),
            (_, _) -> ONE,
            BOUNDS,
            () -> Samples.NOON)) {
      for (int i = 0; i < 3; i++) {
        assertThat(channel.deliver(Samples.free(), page))
            .isEqualTo(new DeliveryOutcome.NoAnswer("refused"));
      }
      assertThat(channel.deliver(Samples.free(), page))
          .isEqualTo(
              new DeliveryOutcome.Retry("no answer lately", Optional.of(Duration.ofSeconds(2))));
    }
  }

  /// A thousand receivers that take a call and never answer hold all slots several times over.
  @Test
  void a_webhook_is_delivered_beside_a_thousand_that_hang() throws Exception {
    deliveredBeside(i -> "dead-%d.org".formatted(i), IsolatedChannel.PUBLIC_RECEIVERS.maxCalls());
  }

  @Test
  void a_webhook_is_delivered_beside_a_thousand_of_one_site_that_hang() throws Exception {
    deliveredBeside(
        i -> "dead-%d.example.net".formatted(i), IsolatedChannel.PUBLIC_RECEIVERS.perGroup());
  }

  /// @param enough how many of them hang before the honest one is called
  private static void deliveredBeside(IntFunction<String> dead, int enough) throws Exception {
    var hanging = ConcurrentHashMap.<URI>newKeySet();
    DeliveryChannel<Channel.Webhook> receivers =
        (_, to) -> {
          if (to.uri().getPath().equals("/honest")) {
            return new DeliveryOutcome.Delivered();
          }
          hanging.add(to.uri());
          return hang();
        };
    try (var webhooks = IsolatedChannel.webhooks(receivers, () -> Samples.NOON);
        ExecutorService members = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 1_000; i++) {
        Channel.Webhook hook = webhook(dead.apply(i), "/dead/" + i);
        members.execute(() -> webhooks.deliver(Samples.free(), hook));
      }
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> hanging.size() >= enough);

      Channel.Webhook hook = webhook("example.org", "/honest");
      var honest = members.submit(() -> webhooks.deliver(Samples.free(), hook));

      assertThat(honest.get()).isEqualTo(new DeliveryOutcome.Delivered());
      members.shutdownNow();
    }
  }

  private static Channel.Webhook webhook(String host, String path) {
    return new Channel.Webhook(URI.create("https://" + host + path), "0123456789abcdef");
  }

  private static DeliveryOutcome outcome(DeliveryChannel<Channel.WebSocket> channel) {
    try (var isolated =
        new IsolatedChannel<Channel.WebSocket>(
            channel, (_, _) -> ONE, BOUNDS, () -> Samples.NOON)) {
      return isolated.deliver(Samples.free(), new Channel.WebSocket());
    }
  }

  private static DeliveryOutcome hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new DeliveryOutcome.NoAnswer("interrupted");
  }
}
