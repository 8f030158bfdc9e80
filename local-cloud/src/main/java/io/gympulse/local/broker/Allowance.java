package io.gympulse.local.broker;

/// A token bucket that may go into debt: what has arrived is charged in full, and the next is taken
/// when the debt is paid. Time is monotonic nanoseconds, given by the caller. For one thread.
final class Allowance {

  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double most;
  private double left;
  private long at;

  /// A full bucket.
  ///
  /// @param perSecond refilled each second, more than 0
  /// @param most the largest amount that may be used at once after a pause
  Allowance(double perSecond, double most, long now) {
    this.perSecond = perSecond;
    this.most = most;
    this.left = most;
    this.at = now;
  }

  /// Takes the amount if all of it is there.
  boolean take(double amount, long now) {
    refill(now);
    if (left < amount) {
      return false;
    }
    left -= amount;
    return true;
  }

  /// Takes the amount whether it is there or not.
  void charge(double amount, long now) {
    refill(now);
    left -= amount;
  }

  /// How long it takes until the debt is paid; 0 if there is none.
  long nanosInDebt(long now) {
    refill(now);
    return left >= 0 ? 0 : (long) Math.ceil(-left / perSecond * NANOS);
  }

  /// Whether it would be the same as a new one.
  boolean isFull(long now) {
    refill(now);
    return left >= most;
  }

  private void refill(long now) {
    if (now > at) {
      left = Math.min(most, left + (now - at) / NANOS * perSecond);
      at = now;
    }
  }
}
