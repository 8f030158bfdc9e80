package io.gympulse.cloud.channel;

import io.gympulse.cloud.alert.DeliveryChannel;
import io.gympulse.cloud.alert.Notification;
import io.gympulse.cloud.alert.Outcome;
import io.gympulse.cloud.call.BoundedCalls;
import io.gympulse.cloud.call.BoundedCalls.Result;
import io.gympulse.cloud.state.alert.Channel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A channel kept within bounds of its own, so that none blocks another: what hangs is given up,
/// and what is too much at once is left for later. Safe for any number of threads.
public final class BoundedChannel<C extends Channel> implements DeliveryChannel<C>, AutoCloseable {
  /// Well within an attempt's lease of a minute.
  public static final BoundedCalls.Bounds STANDARD =
      new BoundedCalls.Bounds(32, Duration.ofSeconds(20), Duration.ofSeconds(10));

  private static final Logger LOG = LoggerFactory.getLogger(BoundedChannel.class);

  private final DeliveryChannel<C> channel;
  private final BoundedCalls calls;

  public BoundedChannel(DeliveryChannel<C> channel, BoundedCalls.Bounds bounds) {
    this.channel = channel;
    this.calls = new BoundedCalls(bounds);
  }

  @Override
  public Outcome deliver(Notification notification, C to) {
    return switch (calls.call(() -> channel.deliver(notification, to))) {
      case Result.Done<Outcome>(Outcome outcome) -> outcome;
      case Result.Late<Outcome> _ -> new Outcome.Retry("no answer in time");
      case Result.NoRoom<Outcome> _ -> new Outcome.Retry("too many are under way");
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
