package io.gympulse.bench.hostile;

import java.util.concurrent.atomic.AtomicLong;

/// One kind of hostile client.
///
/// @param round one attempt; what it throws ends the attempt, not the attack
/// @param pauseMillis between two attempts, so that the attackers' own work leaves the machine to
///     the system they attack
/// @param attempts counts the attempts
/// @param refused counts those that ended by an exception: a connection closed, a request refused
record Attack(String name, Round round, long pauseMillis, AtomicLong attempts, AtomicLong refused) {

  /// One attempt.
  @FunctionalInterface
  interface Round {
    void run() throws Exception;
  }

  Attack(String name, long pauseMillis, Round round) {
    this(name, round, pauseMillis, new AtomicLong(), new AtomicLong());
  }

  /// Attempts again and again until the thread is interrupted.
  void run() {
    while (!Thread.currentThread().isInterrupted()) {
      attempts.incrementAndGet();
      try {
        round.run();
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

  String summary() {
    return "%s: %d attempts, %d of them cut off".formatted(name, attempts.get(), refused.get());
  }
}
