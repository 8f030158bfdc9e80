package io.gympulse.cloud.api.updates;

import io.gympulse.cloud.api.updates.UpdateListener.Status;
import io.gympulse.cloud.core.feed.FeedUpdate;
import java.time.Instant;

/// Passes the updates and the status of a source to a listener, and keeps the latest status.
/// Thread-safe.
public final class LiveUpdates implements AutoCloseable {
  private final UpdateSource.Subscription subscription;
  private volatile Status status;

  /// @param now the moment since when the source counts as disconnected until it connects
  public LiveUpdates(UpdateSource source, UpdateListener listener, Instant now) {
    this.status = new Status.Disconnected(now, "not connected yet");
    this.subscription = source.open(new Passing(listener));
  }

  public Status status() {
    return status;
  }

  @Override
  public void close() {
    subscription.close();
  }

  private final class Passing implements UpdateListener {
    private final UpdateListener listener;

    Passing(UpdateListener listener) {
      this.listener = listener;
    }

    @Override
    public void accept(FeedUpdate update) {
      listener.accept(update);
    }

    @Override
    public void status(Status next) {
      status = next;
      listener.status(next);
    }
  }
}
