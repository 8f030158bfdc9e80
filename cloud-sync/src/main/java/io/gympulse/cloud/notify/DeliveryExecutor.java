package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.notify.DeliveryChannel.Channels;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Makes delivery attempts and passes on their outcomes. An attempt that is not made, or whose
/// outcome cannot be recorded, is repeated when its lease ends. At most [#MAX_PENDING] attempts are
/// in memory; further callers block, first come first served. Safe for any number of threads.
public final class DeliveryExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryExecutor.class);

  /// Attempts that are queued or in progress.
  public static final int MAX_PENDING = 2_000;

  private final Semaphore permits = new Semaphore(MAX_PENDING, true);
  private final Channels channels;
  private final Executor executor;
  private final DeliveryCounters counters;

  /// @param executor runs the attempts; each may take as long as its channel's time limit, so a
  ///     bounded executor lets a channel that hangs delay the others
  public DeliveryExecutor(Channels channels, Executor executor, DeliveryCounters counters) {
    this.channels = channels;
    this.executor = executor;
    this.counters = counters;
  }

  /// Starts an attempt, after waiting for a permit.
  ///
  /// @param recorder stores the outcome
  public void send(Notification notification, Channel to, Consumer<DeliveryOutcome> recorder) {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.debug("delivery {} postponed: interrupted", notification.deliveryId());
      return;
    }
    boolean started = false;
    try {
      executor.execute(() -> attemptAndRelease(notification, to, recorder));
      started = true;
    } catch (RejectedExecutionException e) {
      LOG.warn("delivery {} postponed: rejected by the executor", notification.deliveryId());
    } finally {
      if (!started) {
        permits.release();
      }
    }
  }

  private void attemptAndRelease(
      Notification notification, Channel to, Consumer<DeliveryOutcome> recorder) {
    try {
      attempt(notification, to, recorder);
    } finally {
      permits.release();
    }
  }

  private void attempt(Notification notification, Channel to, Consumer<DeliveryOutcome> recorder) {
    DeliveryOutcome outcome = deliver(notification, to);
    counters.add(outcome);
    // Thousands of receivers may never answer: their retries are counted, not logged.
    LOG.atLevel(isFinal(outcome) ? Level.INFO : Level.DEBUG)
        .log(
            "delivery {} of {} by {}: {}",
            notification.deliveryId(),
            notification.correlationId(),
            to.getClass().getSimpleName(),
            outcome);
    try {
      recorder.accept(outcome);
    } catch (RuntimeException e) {
      counters.addOutcomeUnrecorded();
      LOG.warn("the outcome of delivery {} is not recorded", notification.deliveryId(), e);
    }
  }

  private static boolean isFinal(DeliveryOutcome outcome) {
    return switch (outcome) {
      case DeliveryOutcome.Delivered _, DeliveryOutcome.Gone _ -> true;
      case DeliveryOutcome.Retry _, DeliveryOutcome.NoAnswer _ -> false;
    };
  }

  private DeliveryOutcome deliver(Notification notification, Channel to) {
    try {
      return channels.deliver(notification, to);
    } catch (RuntimeException e) {
      LOG.warn("delivery {} failed", notification.deliveryId(), e);
      return new DeliveryOutcome.Retry("failed by " + e.getClass().getSimpleName());
    }
  }
}
