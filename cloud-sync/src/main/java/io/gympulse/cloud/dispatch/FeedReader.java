package io.gympulse.cloud.dispatch;

import io.gympulse.cloud.state.feed.FeedCursor;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.feed.UpdateFeed;
import io.gympulse.cloud.state.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets one follower read an embedded feed, from where it came to before the process started.
///
/// An update is done when the follower succeeded. While the store is away it is tried again without
/// end; any other failure is tried [#TRIES] times, then the update is skipped and counted, so that
/// one bad update does not stop all that follow. The cursor is moved by [#save], so what was done
/// after the last save is done again after a restart; followers are idempotent. Thread-safe.
public final class FeedReader implements AutoCloseable {
  /// Attempts at an update that fails for another reason than the store's absence.
  public static final int TRIES = 3;

  private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

  private final Follower follower;
  private final FeedCursor cursor;
  private final InstantSource clock;
  private final Duration pause;
  private final DispatchCounters counters;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final UpdateFeed.Subscription subscription;
  private volatile long done;
  private long saved;

  /// Begins to read.
  ///
  /// @param pause real time between attempts
  public FeedReader(
      UpdateFeed feed,
      FeedCursor cursor,
      Follower follower,
      InstantSource clock,
      Duration pause,
      DispatchCounters counters) {
    this.follower = follower;
    this.cursor = cursor;
    this.clock = clock;
    this.pause = pause;
    this.counters = counters;
    long kept = cursor.position();
    // A position beyond the feed's is of a store that is gone.
    this.saved = kept > feed.position() ? 0 : kept;
    this.done = saved;
    this.subscription = feed.subscribe(saved, this::read);
  }

  /// Keeps how far the reader has come. To be called now and then, from one thread at a time.
  public synchronized void save() {
    long position = done;
    if (position != saved) {
      cursor.move(position);
      saved = position;
    }
  }

  private void read(FeedUpdate update) {
    int failures = 0;
    while (closed.getCount() > 0 && failures < TRIES) {
      try {
        follower.follow(update, clock.instant());
        counters.addFollowed(follower);
        done = update.position();
        return;
      } catch (StoreUnavailableException e) {
        failed(update, e);
      } catch (RuntimeException e) {
        failures++;
        failed(update, e);
      }
    }
    if (failures == TRIES) {
      counters.addSkipped(follower);
      done = update.position();
    }
  }

  private void failed(FeedUpdate update, RuntimeException why) {
    counters.addFailed(follower);
    LOG.warn(
        "{} failed for {}: {}", follower.name(), Correlation.of(update), why.getMessage(), why);
    try {
      if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.debug("{} stops", follower.name());
      }
    } catch (InterruptedException e) {
      closed.countDown();
      Thread.currentThread().interrupt();
    }
  }

  /// Stops reading and keeps how far it has come.
  @Override
  public void close() {
    closed.countDown();
    subscription.close();
    save();
  }
}
