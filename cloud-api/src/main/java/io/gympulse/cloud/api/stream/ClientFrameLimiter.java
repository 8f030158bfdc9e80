package io.gympulse.cloud.api.stream;

import java.util.Optional;

/// Limits what one client sends: messages of at most 4,096 bytes in at most 16 fragments, and a
/// token bucket of 40 frames that is refilled by 4 a second. A page sends only a ping after a quiet
/// time, and a subscription now and then. Not thread-safe; time is an argument.
final class ClientFrameLimiter {
  static final int MAX_MESSAGE_BYTES = 4_096;
  static final int MAX_FRAGMENTS = 16;
  static final int BURST = 40;
  private static final double PER_SECOND = 4;

  /// Why the connection must be closed.
  ///
  /// @param code of the close frame, RFC 6455
  record Violation(int code, String reason) {
    static final Violation TOO_LONG = new Violation(1009, "message too long");
    static final Violation TOO_MANY = new Violation(1008, "too many frames");
  }

  private double tokens = BURST;
  private long lastNanos;
  private int length;
  private int fragments;

  ClientFrameLimiter(long nowNanos) {
    this.lastNanos = nowNanos;
  }

  /// A ping or pong.
  Optional<Violation> control(long nowNanos) {
    return frame(nowNanos);
  }

  /// A message or a fragment of one.
  ///
  /// @param bytes the payload's length
  /// @param last whether it is the message's last fragment
  Optional<Violation> data(int bytes, boolean last, long nowNanos) {
    length += bytes;
    fragments++;
    if (length > MAX_MESSAGE_BYTES || fragments > MAX_FRAGMENTS) {
      return Optional.of(Violation.TOO_LONG);
    }
    if (last) {
      length = 0;
      fragments = 0;
    }
    return frame(nowNanos);
  }

  private Optional<Violation> frame(long nowNanos) {
    double seconds = Math.max(0, nowNanos - lastNanos) / 1e9;
    tokens = Math.min(BURST, tokens + seconds * PER_SECOND);
    lastNanos = nowNanos;
    if (tokens < 1) {
      return Optional.of(Violation.TOO_MANY);
    }
    tokens--;
    return Optional.empty();
  }
}
