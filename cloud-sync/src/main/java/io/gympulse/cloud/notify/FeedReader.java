package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedConsumer;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.cloud.core.feed.UpdateFeed.FeedCursor;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads an embedded feed for one consumer, from the position that an earlier process saved.
///
/// Updates of different machines and gateways are consumed in parallel, so that a slow one does not
/// hold up the others; the saved position is the one up to which all updates are done.
///
/// An update is done when the consumer succeeded. While the store is unavailable it is retried
/// without limit; after any other failure it is tried [#MAX_ATTEMPTS] times, then skipped and
/// counted, so that one bad update does not stop all later ones. The cursor is moved by [#save], so
/// that updates after the last save are consumed again after a restart. Thread-safe.
public final class FeedReader implements AutoCloseable {
  /// Attempts at an update that fails for another reason than an unavailable store.
  public static final int MAX_ATTEMPTS = 3;

  /// Updates that are queued or consumed at once.
  private static final int CAPACITY = 128;

  private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

  private final FeedConsumer consumer;
  private final FeedCursor cursor;
  private final InstantSource clock;
  private final Duration pause;
  private final ConsumerCounters counters;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final KeyedExecutor<String> executor;
  private final UpdateFeed.Subscription subscription;
  private long saved;

  /// Starts reading.
  ///
  /// @param pause real time between attempts
  public FeedReader(
      UpdateFeed feed,
      FeedCursor cursor,
      FeedConsumer consumer,
      InstantSource clock,
      Duration pause,
      ConsumerCounters counters) {
    this.consumer = consumer;
    this.cursor = cursor;
    this.clock = clock;
    this.pause = pause;
    this.counters = counters;
    long stored = cursor.position();
    // A position beyond the feed's belongs to a store that was deleted.
    this.saved = stored > feed.position() ? 0 : stored;
    this.executor = new KeyedExecutor<>(CAPACITY, saved);
    this.subscription = feed.subscribe(saved, this::read);
  }

  /// Saves the position. To be called regularly, from one thread at a time.
  public synchronized void save() {
    long position = executor.completedPosition();
    if (position != saved) {
      cursor.move(position);
      saved = position;
    }
  }

  private void read(FeedUpdate update) {
    try {
      executor.submit(key(update), update.position(), () -> consume(update));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String key(FeedUpdate update) {
    return switch (update) {
      case FeedUpdate.MachineChanged(_, CurrentState state) -> "machine/" + state.machine();
      case FeedUpdate.PresenceChanged(_, GatewayPresence presence) ->
          "gateway/" + presence.gateway().gateway();
    };
  }

  private void consume(FeedUpdate update) {
    int failures = 0;
    while (closed.getCount() > 0 && failures < MAX_ATTEMPTS) {
      try {
        consumer.consume(update, clock.instant());
        counters.addSuccess(consumer);
        return;
      } catch (StoreUnavailableException e) {
        failed(update, e);
      } catch (RuntimeException e) {
        failures++;
        failed(update, e);
      }
    }
    if (failures == MAX_ATTEMPTS) {
      counters.addSkipped(consumer);
    } else {
      // Closed before it was done.
      Thread.currentThread().interrupt();
    }
  }

  private void failed(FeedUpdate update, RuntimeException why) {
    counters.addFailure(consumer);
    LOG.warn(
        "consumer {} failed for {}: {}",
        consumer.name(),
        update.correlationId(),
        why.getMessage(),
        why);
    try {
      if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.debug("consumer {} stops", consumer.name());
      }
    } catch (InterruptedException e) {
      closed.countDown();
      Thread.currentThread().interrupt();
    }
  }

  /// Stops reading and saves the position.
  @Override
  public void close() {
    closed.countDown();
    subscription.close();
    executor.close();
    save();
  }
}
