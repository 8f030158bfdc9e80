package io.gympulse.cloud.notify.channel;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.notify.DeliveryChannel;
import io.gympulse.cloud.notify.Notification;
import io.gympulse.cloud.notify.channel.KeyedBulkhead.Result;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Isolates a channel from other channels and its destinations from each other: a destination that
/// hangs does not delay deliveries to others. Calls that hang are cancelled, and calls beyond the
/// bounds are retried later. Safe for any number of threads.
public final class IsolatedChannel<C extends Channel> implements DeliveryChannel<C>, AutoCloseable {
  private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration GRACE_PERIOD = Duration.ofMillis(400);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_QUEUED = 4_096;
  private static final int PER_DESTINATION = 8;
  private static final int MAX_CALLS = 384;

  /// For a channel with one service behind it. [#QUEUE_TIMEOUT] and [#CALL_TIMEOUT] together are
  /// well below an attempt's lease of a minute.
  public static final KeyedBulkhead.Bounds SHARED_SERVICE =
      new KeyedBulkhead.Bounds(
          64,
          PER_DESTINATION,
          PER_DESTINATION,
          MAX_QUEUED,
          MAX_QUEUED,
          QUEUE_TIMEOUT,
          GRACE_PERIOD,
          CALL_TIMEOUT);

  /// For receivers on the internet, any of which may hang: nearly a thousand that do are passed in
  /// a second. A [site][WebhookTargets#site] has a quarter of the calls and an eighth of the queue.
  public static final KeyedBulkhead.Bounds PUBLIC_RECEIVERS =
      new KeyedBulkhead.Bounds(
          MAX_CALLS,
          PER_DESTINATION,
          MAX_CALLS / 4,
          MAX_QUEUED,
          MAX_QUEUED / 8,
          QUEUE_TIMEOUT,
          GRACE_PERIOD,
          CALL_TIMEOUT);

  private static final Logger LOG = LoggerFactory.getLogger(IsolatedChannel.class);

  private final DeliveryChannel<C> channel;
  private final BiFunction<Notification, C, Destination> destination;
  private final KeyedBulkhead<Destination> calls;

  /// What fails or hangs together.
  ///
  /// @param group destinations that one party can create any number of
  /// @param name of this one
  public record Destination(Object group, Object name) {
    static Destination ungrouped(Object name) {
      return new Destination(name, name);
    }
  }

  /// @param destination the destination of a notification
  /// @param clock for circuit breakers
  public IsolatedChannel(
      DeliveryChannel<C> channel,
      BiFunction<Notification, C, Destination> destination,
      KeyedBulkhead.Bounds bounds,
      InstantSource clock) {
    this.channel = channel;
    this.destination = destination;
    this.calls = new KeyedBulkhead<>(bounds, Destination::group, clock);
  }

  /// WebSocket connections, isolated by member.
  public static IsolatedChannel<Channel.WebSocket> webSockets(
      DeliveryChannel<Channel.WebSocket> channel, InstantSource clock) {
    return new IsolatedChannel<>(
        channel, (it, _) -> Destination.ungrouped(it.to()), SHARED_SERVICE, clock);
  }

  /// Mail, isolated by mailbox.
  public static IsolatedChannel<Channel.Email> mail(
      DeliveryChannel<Channel.Email> channel, InstantSource clock) {
    return new IsolatedChannel<>(
        channel, (_, to) -> Destination.ungrouped(to.address()), SHARED_SERVICE, clock);
  }

  /// Webhooks, isolated by address without query, and by site.
  public static IsolatedChannel<Channel.Webhook> webhooks(
      DeliveryChannel<Channel.Webhook> channel, InstantSource clock) {
    return new IsolatedChannel<>(
        channel,
        (_, to) -> new Destination(WebhookTargets.site(to.uri()), address(to.uri())),
        PUBLIC_RECEIVERS,
        clock);
  }

  private static String address(URI uri) {
    return "%s://%s%s".formatted(uri.getScheme(), uri.getRawAuthority(), uri.getRawPath());
  }

  @Override
  public DeliveryOutcome deliver(Notification notification, C to) {
    Result<DeliveryOutcome> result =
        calls.call(
            destination.apply(notification, to),
            () -> channel.deliver(notification, to),
            it -> !(it instanceof DeliveryOutcome.NoAnswer));
    return switch (result) {
      case Result.Completed<DeliveryOutcome>(DeliveryOutcome outcome) -> outcome;
      case Result.TimedOut<DeliveryOutcome> _ -> new DeliveryOutcome.NoAnswer("no answer in time");
      case Result.Rejected<DeliveryOutcome> _ ->
          new DeliveryOutcome.Retry("too many calls in progress");
      case Result.CircuitOpen<DeliveryOutcome>(Duration remaining) ->
          new DeliveryOutcome.Retry("no answer lately", Optional.of(remaining));
      case Result.Failed<DeliveryOutcome>(Exception why) -> {
        LOG.warn("delivery {} failed", notification.deliveryId(), why);
        yield new DeliveryOutcome.Retry("failed by " + why.getClass().getSimpleName());
      }
    };
  }

  @Override
  public void close() {
    calls.close();
  }
}
