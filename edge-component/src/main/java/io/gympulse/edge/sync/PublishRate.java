package io.gympulse.edge.sync;

/// The rate limits of the broker for messages and for bytes, as two token buckets. A message may be
/// sent as soon as both have a token; a large one leaves a negative number of byte tokens.
record PublishRate(TokenBucket messages, TokenBucket bytes) {

  static PublishRate full(SyncSettings settings, long now) {
    return new PublishRate(
        TokenBucket.full(settings.publishesPerSecond(), SyncSettings.BURST_MESSAGES, now),
        TokenBucket.full(settings.bytesPerSecond(), SyncSettings.BURST_BYTES, now));
  }

  PublishRate refilled(long now) {
    return new PublishRate(messages.refilled(now), bytes.refilled(now));
  }

  boolean allowsOne() {
    return messages.hasOne() && bytes.hasOne();
  }

  PublishRate sent(int size) {
    return new PublishRate(messages.less(1), bytes.less(size));
  }

  /// When the next message may be sent, in monotonic nanoseconds.
  long nextAt() {
    return Math.max(messages.nextAt(), bytes.nextAt());
  }

  /// @param tokens what may be sent; negative after a large message
  /// @param at monotonic nanoseconds of the last refill
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
}
