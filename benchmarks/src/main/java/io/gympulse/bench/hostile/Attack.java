package io.gympulse.bench.hostile;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// One kind of hostile client.
///
/// @param round one attempt; what it throws ends the attempt, not the attack
/// @param pauseMillis between two attempts, so that the attackers' own work leaves the machine to
///     the system they attack
/// @param attempts counts the attempts
/// @param through counts those that got through to what they attack
/// @param refused counts those that ended by an exception: a connection closed, a request refused
record Attack(
    String name,
    Round round,
    long pauseMillis,
    AtomicLong attempts,
    AtomicLong through,
    AtomicLong refused) {

  /// One attempt.
  @FunctionalInterface
  interface Round {
    /// @param through to be run once what is attacked has taken something from this attempt, so
    ///     that it is at work; again does nothing
    void run(Runnable through) throws Exception;
  }

  Attack(String name, long pauseMillis, Round round) {
    this(name, round, pauseMillis, new AtomicLong(), new AtomicLong(), new AtomicLong());
  }

  /// Attempts again and again until the thread is interrupted.
  void run() {
    while (!Thread.currentThread().isInterrupted()) {
      attempts.incrementAndGet();
      AtomicBoolean first = new AtomicBoolean(true);
      try {
        round.run(
            () -> {
              if (first.compareAndSet(true, false)) {
                through.incrementAndGet();
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

  /// Whether any attempt did; an attack of which none did measures nothing.
  boolean gotThrough() {
    return through.get() > 0;
  }

  String summary() {
    return "%s: %d attempts, %d of them got through, %d were cut off"
        .formatted(name, attempts.get(), through.get(), refused.get());
  }
}
