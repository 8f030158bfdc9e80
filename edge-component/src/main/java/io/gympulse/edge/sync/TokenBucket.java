package io.gympulse.edge.sync;

/// How much may be sent right now without exceeding a rate.
///
/// @param tokens what may be sent; negative after something large
/// @param at monotonic nanoseconds for which the tokens were counted
record TokenBucket(double perSecond, double burst, double tokens, long at) {

  static TokenBucket full(double perSecond, double burst, long now) {
    return new TokenBucket(perSecond, burst, burst, now);
  }

  TokenBucket refilled(long now) {
    double gained = Math.max(0, now - at) / 1e9 * perSecond;
    return new TokenBucket(perSecond, burst, Math.min(burst, tokens + gained), now);
  }

  boolean hasOne() {
    return tokens >= 1;
  }

  TokenBucket less(double amount) {
    return new TokenBucket(perSecond, burst, tokens - amount, at);
  }

  /// When there will be a token, in monotonic nanoseconds.
  long nextAt() {
    return at + (long) Math.ceil(Math.max(0, 1 - tokens) / perSecond * 1e9);
  }
}
