package io.gympulse.cloud.core.broadcast;

import java.util.concurrent.atomic.LongAdder;

/// Counts the frames for connections by result since the process started. Each frame for one
/// connection is counted once, when its result is known: sent, gone or failed. Safe for any number
/// of threads.
public final class DeliveryFigures {
  private final LongAdder sent = new LongAdder();
  private final LongAdder gone = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /// Frames that the network, or the service that holds the connection, accepted.
  public long sent() {
    return sent.sum();
  }

  /// Frames for connections whose end had not been noticed.
  public long gone() {
    return gone.sum();
  }

  /// Frames not accepted: refused, timed out, or dropped because the connection was too slow.
  public long failed() {
    return failed.sum();
  }

  /// `sent / (sent + failed)`, 1 before the first. A closed connection is no failure.
  public double rate() {
    long taken = sent();
    long tried = taken + failed();
    return tried == 0 ? 1 : (double) taken / tried;
  }

  public void addSent(long frames) {
    sent.add(frames);
  }

  public void addGone(long frames) {
    gone.add(frames);
  }

  public void addFailed(long frames) {
    failed.add(frames);
  }
}
