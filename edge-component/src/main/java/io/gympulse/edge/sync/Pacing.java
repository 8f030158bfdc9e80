package io.gympulse.edge.sync;

/// When and how much may be sent.
///
/// The broker limits the rates of messages and of bytes, which are two token buckets. A message may
/// be sent as soon as both have a token; a large one leaves a negative number of byte tokens.
///
/// @param liveTurns how many live batches were sent since the last one of another kind
/// @param liveAt when the last live batch was sent, in monotonic nanoseconds
/// @param size of batches of backlog
record Pacing(
    TokenBucket messages,
    TokenBucket bytes,
    int liveTurns,
    long liveAt,
    SnapshotSchedule snapshots,
    BatchSize size) {

  static Pacing initial(SyncSettings settings, long now) {
    return new Pacing(
        TokenBucket.full(settings.publishesPerSecond(), SyncSettings.BURST_MESSAGES, now),
        TokenBucket.full(settings.bytesPerSecond(), SyncSettings.BURST_BYTES, now),
        0,
        now - SyncSettings.LINGER_NANOS,
        SnapshotSchedule.dueAt(now),
        BatchSize.FIRST);
  }

  Pacing refilled(long now) {
    return new Pacing(
        messages.refilled(now), bytes.refilled(now), liveTurns, liveAt, snapshots, size);
  }

  boolean allowsOne() {
    return messages.hasOne() && bytes.hasOne();
  }

  /// When the next message may be sent, in monotonic nanoseconds.
  long nextAt() {
    return Math.max(messages.nextAt(), bytes.nextAt());
  }

  Pacing sent(int length) {
    return new Pacing(messages.less(1), bytes.less(length), 0, liveAt, snapshots, size);
  }

  Pacing sentLive(int length, long now) {
    return new Pacing(messages.less(1), bytes.less(length), liveTurns + 1, now, snapshots, size);
  }

  /// @param length the assumed size of a snapshot
  Pacing snapshotSent(int length, long now, long nextAt) {
    return new Pacing(
        messages.less(1), bytes.less(length), liveTurns, liveAt, snapshots.sent(now, nextAt), size);
  }

  Pacing snapshotNow(long now) {
    return new Pacing(messages, bytes, 0, liveAt, snapshots.now(now), size);
  }

  Pacing snapshotSoon(long now) {
    return new Pacing(messages, bytes, liveTurns, liveAt, snapshots.soon(now), size);
  }

  Pacing with(BatchSize changed) {
    return new Pacing(messages, bytes, liveTurns, liveAt, snapshots, changed);
  }

  /// From when on the next live batch may be sent, in monotonic nanoseconds: at once if none was
  /// sent just before, else after a short time in which more events may join it.
  long liveFrom() {
    return liveAt + SyncSettings.LINGER_NANOS;
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

  /// When snapshots are sent, in monotonic nanoseconds.
  ///
  /// @param sentAt when the last one was sent
  /// @param dueAt when the next one is due
  record SnapshotSchedule(long sentAt, long dueAt) {
    private static final long MIN_GAP_NANOS = 2_000_000_000L;

    static SnapshotSchedule dueAt(long now) {
      return new SnapshotSchedule(now - MIN_GAP_NANOS, now);
    }

    SnapshotSchedule sent(long now, long nextAt) {
      return new SnapshotSchedule(now, nextAt);
    }

    SnapshotSchedule now(long now) {
      return new SnapshotSchedule(sentAt, now);
    }

    /// The next one is due as soon as the minimum gap to the last one allows it.
    SnapshotSchedule soon(long now) {
      long earliest = sentAt + MIN_GAP_NANOS - now > 0 ? sentAt + MIN_GAP_NANOS : now;
      return new SnapshotSchedule(sentAt, dueAt - earliest < 0 ? dueAt : earliest);
    }
  }

  /// How large a batch of backlog may be: it grows by a step while acknowledgements are quick, and
  /// is halved when one is slow or missing. Live events have to queue behind the backlog that is in
  /// flight, so a slow cloud gets less at a time.
  ///
  /// @param units of 5 KB, by which brokers meter messages: a batch fills whole ones
  record BatchSize(int units) {
    private static final int UNIT_BYTES = 5_120;
    private static final int MAX_UNITS = SyncSettings.BACKLOG_WINDOW / 2 / UNIT_BYTES;

    static final BatchSize FIRST = new BatchSize(2);

    /// @param nanos how long an acknowledgement took
    BatchSize afterRoundTrip(long nanos) {
      if (nanos > SyncSettings.SLOW_NANOS) {
        return halved();
      }
      return nanos < SyncSettings.QUICK_NANOS
          ? new BatchSize(Math.min(MAX_UNITS, units + 1))
          : this;
    }

    BatchSize halved() {
      return new BatchSize(Math.max(1, units / 2));
    }

    int bytes() {
      return units * UNIT_BYTES;
    }
  }
}
