package io.gympulse.process;

/// A token bucket that can be overdrawn: received data is charged in full, and reading continues
/// when the bucket is refilled to zero. The caller passes the time in monotonic nanoseconds, which
/// may wrap. Not thread-safe.
public final class TokenBucket {

  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double capacity;
  private double tokens;
  private long refilledAt;

  /// A full bucket.
  ///
  /// @param perSecond tokens added each second, more than 0
  /// @param capacity the most tokens in the bucket
  public TokenBucket(double perSecond, double capacity, long now) {
    this.perSecond = perSecond;
    this.capacity = capacity;
    this.tokens = capacity;
    this.refilledAt = now;
  }

  /// Takes the tokens if there are enough.
  public boolean take(double count, long now) {
    refill(now);
    if (tokens < count) {
      return false;
    }
    tokens -= count;
    return true;
  }

  /// Takes the tokens even if there are not enough.
  public void charge(double count, long now) {
    refill(now);
    tokens -= count;
  }

  /// How long the bucket stays overdrawn; 0 if it is not.
  public long nanosOverdrawn(long now) {
    refill(now);
    return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perSecond * NANOS);
  }

  /// Whether it is in the state of a new one.
  public boolean isFull(long now) {
    refill(now);
    return tokens >= capacity;
  }

  private void refill(long now) {
    if (now - refilledAt > 0) {
      tokens = Math.min(capacity, tokens + (now - refilledAt) / NANOS * perSecond);
      refilledAt = now;
    }
  }
}
