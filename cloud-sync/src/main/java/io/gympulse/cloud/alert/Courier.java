package io.gympulse.cloud.alert;

import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Outcome;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Makes attempts at deliveries and hands back how each went. What is not carried out, or whose
/// outcome cannot be noted, is repeated when its lease ends. At most [#MOST] attempts are in
/// memory; whoever begins another one waits for room, first come first served. Safe for any number
/// of threads.
public final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /// Attempts that wait or are under way.
  public static final int MOST = 2_000;

  private final Semaphore room = new Semaphore(MOST, true);
  private final Channels channels;
  private final Executor executor;
  private final DeliveryCounters counters;

  /// @param executor where attempts run; each may take as long as its channel's time limit, so one
  ///     that runs only so many at once lets a channel that hangs delay the others
  public Courier(Channels channels, Executor executor, DeliveryCounters counters) {
    this.channels = channels;
    this.executor = executor;
    this.counters = counters;
  }

  /// Waits for room, and begins an attempt.
  ///
  /// @param note keeps the outcome
  public void send(Notification notification, Channel to, Consumer<Outcome> note) {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.debug("delivery {} is left for later: interrupted", notification.deliveryId());
      return;
    }
    boolean begun = false;
    try {
      executor.execute(() -> attemptInRoom(notification, to, note));
      begun = true;
    } catch (RejectedExecutionException e) {
      LOG.warn("delivery {} is left for later: no room", notification.deliveryId());
    } finally {
      if (!begun) {
        room.release();
      }
    }
  }

  private void attemptInRoom(Notification notification, Channel to, Consumer<Outcome> note) {
    try {
      attempt(notification, to, note);
    } finally {
      room.release();
    }
  }

  private void attempt(Notification notification, Channel to, Consumer<Outcome> note) {
    Outcome outcome = deliver(notification, to);
    counters.add(outcome);
    // What is tried again may be thousands of receivers that never answer: those are counted.
    LOG.atLevel(isFinal(outcome) ? Level.INFO : Level.DEBUG)
        .log(
            "delivery {} of {} by {}: {}",
            notification.deliveryId(),
            notification.correlationId(),
            to.getClass().getSimpleName(),
            outcome);
    try {
      note.accept(outcome);
    } catch (RuntimeException e) {
      counters.addUnnoted();
      LOG.warn("the outcome of delivery {} is not kept", notification.deliveryId(), e);
    }
  }

  private static boolean isFinal(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _, Outcome.Gone _ -> true;
      case Outcome.Retry _, Outcome.NoAnswer _ -> false;
    };
  }

  private Outcome deliver(Notification notification, Channel to) {
    try {
      return channels.deliver(notification, to);
    } catch (RuntimeException e) {
      LOG.warn("delivery {} failed", notification.deliveryId(), e);
      return new Outcome.Retry("failed by " + e.getClass().getSimpleName());
    }
  }
}
