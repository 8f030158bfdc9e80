package io.gympulse.cloud.server;

import io.gympulse.cloud.api.updates.UpdateListener;
import io.gympulse.cloud.api.updates.UpdateListener.Status;
import io.gympulse.cloud.core.feed.FeedCodec;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.contract.text.UnicodeText;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.RateLimitedLog;
import java.nio.charset.CharacterCodingException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decodes payloads and passes them with the status of the connection to a listener, one at a time,
/// until closed. Thread-safe.
///
/// A payload that is no update is counted and skipped. If the listener fails, the status changes to
/// disconnected and back, so that clients read again.
final class UpdateDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateDelivery.class);

  private final UpdateListener listener;
  private final InstantSource clock;
  private final RateLimitedLog skippedLog = new RateLimitedLog(LOG, ProcessClock.real()::nanos);
  private Status status;
  private long skipped;
  private boolean closed;

  /// Starts disconnected.
  UpdateDelivery(UpdateListener listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
    this.status = new Status.Disconnected(clock.instant(), "not connected yet");
    listener.status(status);
  }

  /// Updates arrive from now on; does nothing if they did before.
  synchronized void connected() {
    if (!closed && status instanceof Status.Disconnected) {
      change(new Status.Connected(clock.instant()));
    }
  }

  /// Updates do not arrive. The listener gets the first reason; later ones replace it in
  /// [#status].
  synchronized void disconnected(String reason) {
    switch (status) {
      case Status.Connected _ -> change(new Status.Disconnected(clock.instant(), reason));
      case Status.Disconnected before -> status = new Status.Disconnected(before.since(), reason);
    }
  }

  synchronized void payload(byte[] payload) {
    FeedUpdate update;
    try {
      update = FeedCodec.decode(UnicodeText.ofUtf8(payload));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      skipped++;
      skippedLog.warn(
          "payload",
          "skipped a payload that is no update, {} since start: {}",
          skipped,
          e.toString());
      return;
    }
    if (!closed) {
      deliver(update);
    }
  }

  private void deliver(FeedUpdate update) {
    try {
      listener.accept(update);
    } catch (RuntimeException e) {
      LOG.error("update {} was not delivered", update.correlationId(), e);
      Status before = status;
      change(new Status.Disconnected(clock.instant(), "an update was not delivered"));
      if (before instanceof Status.Connected) {
        change(new Status.Connected(clock.instant()));
      }
    }
  }

  private void change(Status next) {
    status = next;
    if (!closed) {
      listener.status(next);
    }
  }

  synchronized Status status() {
    return status;
  }

  /// Payloads that were no updates.
  synchronized long skipped() {
    return skipped;
  }

  /// The listener is not called any more when this returns.
  synchronized void close() {
    closed = true;
  }
}
