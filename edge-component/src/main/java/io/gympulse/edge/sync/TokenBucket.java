package io.gympulse.edge.sync;

/// How many messages may be sent right now without exceeding a rate.
///
/// @param at monotonic nanoseconds for which the tokens were counted
record TokenBucket(double tokens, long at) {

  TokenBucket refilled(double perSecond, long now) {
    double gained = Math.max(0, now - at) / 1e9 * perSecond;
    return new TokenBucket(Math.min(SyncSettings.BURST, tokens + gained), now);
  }

  boolean hasOne() {
    return tokens >= 1;
  }

  TokenBucket less() {
    return new TokenBucket(tokens - 1, at);
  }

  /// When there will be a token, in monotonic nanoseconds.
  long nextAt(double perSecond) {
    return at + (long) Math.ceil(Math.max(0, 1 - tokens) / perSecond * 1e9);
  }
}
