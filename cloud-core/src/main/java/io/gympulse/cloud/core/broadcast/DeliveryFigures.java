package io.gympulse.cloud.core.broadcast;

import java.util.concurrent.atomic.LongAdder;

/// How frames fared on their way to connections, since the process started. Each frame handed over
/// for one connection is counted once, when its fate is known: sent, gone or failed. Safe for any
/// number of threads.
public final class DeliveryFigures {
  private final LongAdder sent = new LongAdder();
  private final LongAdder gone = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /// Frames that the network, or the service that holds the connection, took.
  public long sent() {
    return sent.sum();
  }

  /// Frames for connections that had ended without this side having noticed.
  public long gone() {
    return gone.sum();
  }

  /// Frames not taken: refused, not in time, or the connection was too slow.
  public long failed() {
    return failed.sum();
  }

  /// `sent / (sent + failed)`, 1 before the first. Who left is no failure of delivery.
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
