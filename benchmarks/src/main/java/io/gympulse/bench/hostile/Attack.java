package io.gympulse.bench.hostile;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// One kind of hostile client, which repeats its attempts.
///
/// @param round one attempt; an exception ends the attempt, not the attack
/// @param pauseMillis between two attempts, so that the attackers do not use up the machine
/// @param attempts counts the attempts
/// @param effective counts the attempts of which the target processed something
/// @param refused counts the attempts that ended with an exception, such as a closed connection
record Attack(
    String name,
    Round round,
    long pauseMillis,
    AtomicLong attempts,
    AtomicLong effective,
    AtomicLong refused) {
  private static final int KEPT_OPEN_MILLIS = 500;

  /// One attempt.
  @FunctionalInterface
  interface Round {
    /// @param onEffect to be run when the target has accepted something of this attempt; further
    ///     runs have no effect
    void run(Runnable onEffect) throws Exception;
  }

  Attack(String name, long pauseMillis, Round round) {
    this(name, round, pauseMillis, new AtomicLong(), new AtomicLong(), new AtomicLong());
  }

  /// Repeats attempts until the thread is interrupted.
  void run() {
    while (!Thread.currentThread().isInterrupted()) {
      attempts.incrementAndGet();
      AtomicBoolean first = new AtomicBoolean(true);
      try {
        round.run(
            () -> {
              if (first.compareAndSet(true, false)) {
                effective.incrementAndGet();
              }
            });
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        refused.incrementAndGet();
      }
      try {
        Thread.sleep(pauseMillis);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /// Whether any attempt was effective; otherwise the attack measures nothing.
  boolean wasEffective() {
    return effective.get() > 0;
  }

  String summary() {
    return "%s: %d attempts, %d of them effective, %d refused"
        .formatted(name, attempts.get(), effective.get(), refused.get());
  }

  /// Whether the server keeps a connection open and waits for more bytes: for half a second it
  /// neither answers nor closes.
  static boolean isKeptOpen(Socket socket) throws IOException {
    socket.setSoTimeout(KEPT_OPEN_MILLIS);
    try {
      int _ = socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }
}
