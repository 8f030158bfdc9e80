package io.gympulse.cloud.dispatch;

import io.gympulse.cloud.core.feed.FeedUpdate;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands updates to every follower. One that fails is counted and does not keep the update from the
/// others. Safe for any number of threads.
public final class Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final List<Follower> followers;
  private final DispatchCounters counters;

  public Dispatcher(List<Follower> followers, DispatchCounters counters) {
    this.followers = List.copyOf(followers);
    this.counters = counters;
  }

  /// @return whether every follower succeeded; if not, the update is to come again
  public boolean dispatch(FeedUpdate update, Instant now) {
    boolean all = true;
    for (Follower follower : followers) {
      all &= follow(follower, update, now);
    }
    return all;
  }

  private boolean follow(Follower follower, FeedUpdate update, Instant now) {
    try {
      follower.follow(update, now);
      counters.addFollowed(follower);
      return true;
    } catch (RuntimeException e) {
      counters.addFailed(follower);
      LOG.warn("{} failed for {}: {}", follower.name(), Correlation.of(update), e.getMessage(), e);
      return false;
    }
  }
}
