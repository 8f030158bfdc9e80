package io.gympulse.cloud.api.stream;

import java.util.Optional;

/// What one client may send: messages of at most 4,096 bytes in at most 16 fragments, and at most
/// 40 frames at once or 4 a second for long. A page sends a ping when nothing was heard for a
/// while, and now and then a subscription. Not safe for threads; time comes in as an argument.
final class ClientBudget {
  static final int LONGEST_MESSAGE = 4_096;
  static final int MOST_FRAGMENTS = 16;
  static final int MOST_AT_ONCE = 40;
  private static final double PER_SECOND = 4;

  /// Why a connection is to be closed, by the codes of RFC 6455.
  record Breach(int code, String reason) {
    static final Breach TOO_LONG = new Breach(1009, "message too long");
    static final Breach TOO_MANY = new Breach(1008, "too many frames");
  }

  private double allowed = MOST_AT_ONCE;
  private long lastNanos;
  private int length;
  private int fragments;

  ClientBudget(long nowNanos) {
    this.lastNanos = nowNanos;
  }

  /// A ping, pong or close.
  Optional<Breach> control(long nowNanos) {
    return frame(nowNanos);
  }

  /// A message, or a fragment of one.
  ///
  /// @param bytes its payload's length
  /// @param last whether the message ends with it
  Optional<Breach> data(int bytes, boolean last, long nowNanos) {
    length += bytes;
    fragments++;
    if (length > LONGEST_MESSAGE || fragments > MOST_FRAGMENTS) {
      return Optional.of(Breach.TOO_LONG);
    }
    if (last) {
      length = 0;
      fragments = 0;
    }
    return frame(nowNanos);
  }

  private Optional<Breach> frame(long nowNanos) {
    double seconds = Math.max(0, nowNanos - lastNanos) / 1e9;
    allowed = Math.min(MOST_AT_ONCE, allowed + seconds * PER_SECOND);
    lastNanos = nowNanos;
    if (allowed < 1) {
      return Optional.of(Breach.TOO_MANY);
    }
    allowed--;
    return Optional.empty();
  }
}
