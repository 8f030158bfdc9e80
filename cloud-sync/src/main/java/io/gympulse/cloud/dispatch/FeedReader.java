package io.gympulse.cloud.dispatch;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedCursor;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.cloud.core.presence.GatewayPresence;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets one follower read an embedded feed, from where it came to before the process started.
///
/// Updates of different machines and gateways are followed side by side, so that one that takes
/// long holds up no other; the cursor is moved to where all before is done.
///
/// An update is done when the follower succeeded. While the store is away it is tried again without
/// end; any other failure is tried [#TRIES] times, then the update is skipped and counted, so that
/// one bad update does not stop all that follow. The cursor is moved by [#save], so what was done
/// after the last save is done again after a restart; followers are idempotent. Thread-safe.
public final class FeedReader implements AutoCloseable {
  /// Attempts at an update that fails for another reason than the store's absence.
  public static final int TRIES = 3;

  /// Updates that wait or are followed at once.
  private static final int SIDE_BY_SIDE = 128;

  private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

  private final Follower follower;
  private final FeedCursor cursor;
  private final InstantSource clock;
  private final Duration pause;
  private final DispatchCounters counters;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Lanes<String> lanes;
  private final UpdateFeed.Subscription subscription;
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
    this.lanes = new Lanes<>(SIDE_BY_SIDE, saved);
    this.subscription = feed.subscribe(saved, this::read);
  }

  /// Keeps how far the reader has come. To be called now and then, from one thread at a time.
  public synchronized void save() {
    long position = lanes.done();
    if (position != saved) {
      cursor.move(position);
      saved = position;
    }
  }

  private void read(FeedUpdate update) {
    try {
      lanes.add(key(update), update.position(), () -> follow(update));
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

  private void follow(FeedUpdate update) {
    int failures = 0;
    while (closed.getCount() > 0 && failures < TRIES) {
      try {
        follower.follow(update, clock.instant());
        counters.addFollowed(follower);
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
    } else {
      // Closed before it was done.
      Thread.currentThread().interrupt();
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
    lanes.close();
    save();
  }
}
