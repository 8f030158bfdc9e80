package io.gympulse.cloud.channel;

import io.gympulse.cloud.alert.DeliveryChannel;
import io.gympulse.cloud.alert.Notification;
import io.gympulse.cloud.call.KeyedBulkhead;
import io.gympulse.cloud.call.KeyedBulkhead.Result;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A channel with bounds of its own, so that no channel blocks another, whose destinations are
/// kept apart, so that none that hangs delays what goes to others. What hangs is given up, and what
/// is too much at once is left for later. Safe for any number of threads.
public final class IsolatedChannel<C extends Channel> implements DeliveryChannel<C>, AutoCloseable {
  private static final Duration TURN = Duration.ofSeconds(20);
  private static final Duration GRACE = Duration.ofMillis(400);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int WAITING = 4_096;
  private static final int PER_DESTINATION = 8;
  private static final int ANYWHERE_AT_ONCE = 384;

  /// For one service behind the channel, that answers all. With [#TURN] and [#LIMIT] well within an
  /// attempt's lease of a minute.
  public static final KeyedBulkhead.Bounds ONE_SERVICE =
      new KeyedBulkhead.Bounds(
          64, PER_DESTINATION, PER_DESTINATION, WAITING, WAITING, TURN, GRACE, LIMIT);

  /// For receivers anywhere, any of which may hang: nearly a thousand that do are passed in a
  /// second. A [site][WebhookSite] has a quarter of it, and an eighth of what may wait.
  public static final KeyedBulkhead.Bounds ANYWHERE =
      new KeyedBulkhead.Bounds(
          ANYWHERE_AT_ONCE,
          PER_DESTINATION,
          ANYWHERE_AT_ONCE / 4,
          WAITING,
          WAITING / 8,
          TURN,
          GRACE,
          LIMIT);

  private static final Logger LOG = LoggerFactory.getLogger(IsolatedChannel.class);

  private final DeliveryChannel<C> channel;
  private final BiFunction<Notification, C, Destination> destination;
  private final KeyedBulkhead<Destination> calls;

  /// What fails or hangs as one.
  ///
  /// @param group whoever may have as many of them as he likes
  /// @param name of this one
  public record Destination(Object group, Object name) {
    static Destination apart(Object name) {
      return new Destination(name, name);
    }
  }

  /// @param destination where a notification goes
  /// @param clock by which deliveries are tried again
  public IsolatedChannel(
      DeliveryChannel<C> channel,
      BiFunction<Notification, C, Destination> destination,
      KeyedBulkhead.Bounds bounds,
      InstantSource clock) {
    this.channel = channel;
    this.destination = destination;
    this.calls = new KeyedBulkhead<>(bounds, Destination::group, clock);
  }

  /// Members' pages, each member apart.
  public static IsolatedChannel<Channel.WebSocket> pages(
      DeliveryChannel<Channel.WebSocket> channel, InstantSource clock) {
    return new IsolatedChannel<>(
        channel, (it, _) -> Destination.apart(it.to()), ONE_SERVICE, clock);
  }

  /// Mail, each mailbox apart.
  public static IsolatedChannel<Channel.Email> mail(
      DeliveryChannel<Channel.Email> channel, InstantSource clock) {
    return new IsolatedChannel<>(
        channel, (_, to) -> Destination.apart(to.address()), ONE_SERVICE, clock);
  }

  /// Webhooks, each address apart, whatever its query, and those of a site together.
  public static IsolatedChannel<Channel.Webhook> webhooks(
      DeliveryChannel<Channel.Webhook> channel, InstantSource clock) {
    return new IsolatedChannel<>(
        channel,
        (_, to) -> new Destination(WebhookSite.of(to.uri()), address(to.uri())),
        ANYWHERE,
        clock);
  }

  private static String address(URI uri) {
    return "%s://%s%s".formatted(uri.getScheme(), uri.getRawAuthority(), uri.getRawPath());
  }

  @Override
  public Outcome deliver(Notification notification, C to) {
    Result<Outcome> result =
        calls.call(
            destination.apply(notification, to),
            () -> channel.deliver(notification, to),
            it -> !(it instanceof Outcome.NoAnswer));
    return switch (result) {
      case Result.Done<Outcome>(Outcome outcome) -> outcome;
      case Result.Late<Outcome> _ -> new Outcome.NoAnswer("no answer in time");
      case Result.NoRoom<Outcome> _ -> new Outcome.Retry("too many are under way");
      case Result.CircuitOpen<Outcome>(Duration rest) ->
          new Outcome.Retry("no answer lately", Optional.of(rest));
      case Result.Broken<Outcome>(Exception why) -> {
        LOG.warn("delivery {} failed", notification.deliveryId(), why);
        yield new Outcome.Retry("failed by " + why.getClass().getSimpleName());
      }
    };
  }

  @Override
  public void close() {
    calls.close();
  }
}
