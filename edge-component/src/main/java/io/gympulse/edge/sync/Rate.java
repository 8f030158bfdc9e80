package io.gympulse.edge.sync;

/// What the next hop takes of messages and of bytes. A message may go as soon as both have
/// something left; a large one is paid for afterwards.
record Rate(TokenBucket messages, TokenBucket bytes) {

  static Rate full(SyncSettings settings, long now) {
    return new Rate(
        TokenBucket.full(settings.publishesPerSecond(), SyncSettings.BURST_MESSAGES, now),
        TokenBucket.full(settings.bytesPerSecond(), SyncSettings.BURST_BYTES, now));
  }

  Rate refilled(long now) {
    return new Rate(messages.refilled(now), bytes.refilled(now));
  }

  boolean allowsOne() {
    return messages.hasOne() && bytes.hasOne();
  }

  Rate sent(int size) {
    return new Rate(messages.less(1), bytes.less(size));
  }

  /// When the next message may go, in monotonic nanoseconds.
  long nextAt() {
    return Math.max(messages.nextAt(), bytes.nextAt());
  }
}
