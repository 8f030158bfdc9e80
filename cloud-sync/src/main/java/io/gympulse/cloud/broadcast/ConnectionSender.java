package io.gympulse.cloud.broadcast;

import io.gympulse.cloud.broadcast.BoundedCalls.Result;
import io.gympulse.cloud.core.broadcast.ConnectionPoster;
import io.gympulse.cloud.core.broadcast.ConnectionPoster.Posted;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.core.broadcast.StreamConnection;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a frame to many connections concurrently. A connection that does not take it in time is
/// closed and removed, so that it delays others once at most: its client reconnects and reads what
/// it missed. Safe for any number of threads.
public final class ConnectionSender implements AutoCloseable {
  /// For connections behind an API that answers within tens of milliseconds.
  public static final BoundedCalls.Bounds STANDARD =
      new BoundedCalls.Bounds(64, Duration.ofSeconds(30), Duration.ofSeconds(2));

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionSender.class);

  private final Connections connections;
  private final ConnectionPoster poster;
  private final BoundedCalls calls;
  private final DeliveryFigures figures;

  public ConnectionSender(
      Connections connections,
      ConnectionPoster poster,
      BoundedCalls.Bounds bounds,
      DeliveryFigures figures) {
    this.connections = connections;
    this.poster = poster;
    this.calls = new BoundedCalls(bounds);
    this.figures = figures;
  }

  /// Returns when the result of every frame is known.
  ///
  /// @return how many connections took it
  public int send(List<StreamConnection> to, String frame) {
    List<Callable<Posted>> posts =
        to.stream().<Callable<Posted>>map(it -> () -> poster.post(it.id(), frame)).toList();
    List<Result<Posted>> results = calls.callAll(posts);
    int sent = 0;
    for (int i = 0; i < results.size(); i++) {
      sent += record(to.get(i).id(), results.get(i)) ? 1 : 0;
    }
    return sent;
  }

  private boolean record(ConnectionId id, Result<Posted> result) {
    return switch (result) {
      case Result.Completed<Posted>(Posted.Sent _) -> {
        figures.addSent(1);
        yield true;
      }
      case Result.Completed<Posted>(Posted.Gone _) -> {
        figures.addGone(1);
        remove(id);
        yield false;
      }
      case Result.Completed<Posted>(Posted.Failed(String reason)) -> failed(id, reason);
      case Result.Failed<Posted>(Exception why) -> failed(id, why.toString());
      case Result.Rejected<Posted> _ -> failed(id, "too many calls in progress");
      case Result.TimedOut<Posted> _ -> {
        remove(id);
        var _ =
            calls.call(
                () -> {
                  poster.end(id);
                  return true;
                });
        yield failed(id, "timed out, connection closed");
      }
    };
  }

  private boolean failed(ConnectionId id, String why) {
    figures.addFailed(1);
    LOG.info("frame to connection {} failed: {}", id, why);
    return false;
  }

  private void remove(ConnectionId id) {
    try {
      connections.disconnect(id);
    } catch (StoreUnavailableException e) {
      LOG.warn("connection {} closed, but not removed from the store: {}", id, e.getMessage());
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}
