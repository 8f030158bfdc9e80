package io.gympulse.edge.uplink;

import io.gympulse.edge.uplink.UplinkSettings.Budget;
import io.gympulse.process.TokenBucket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Keeps what is sent to a [Budget], by delaying messages. Safe for any number of threads.
final class SendingLimiter {
  private static final double BURST_MESSAGES = 10;
  private static final double BURST_BYTES = 131_072;

  /// What may wait: messages that their sender would repeat meanwhile are of no use.
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  private final TokenBucket messages;
  private final TokenBucket bytes;
  private final LongSupplier nanos;

  /// @param nanos monotonic time
  SendingLimiter(Budget budget, LongSupplier nanos) {
    long now = nanos.getAsLong();
    this.messages = new TokenBucket(budget.messagesPerSecond(), BURST_MESSAGES, now);
    this.bytes = new TokenBucket(budget.bytesPerSecond(), BURST_BYTES, now);
    this.nanos = nanos;
  }

  /// How long to delay a message of this length, which is charged; empty, and not charged, if it
  /// would be for more than five seconds.
  synchronized Optional<Duration> delay(int length) {
    long now = nanos.getAsLong();
    if (overdrawn(now) > LONGEST_DELAY.toNanos()) {
      return Optional.empty();
    }
    messages.charge(1, now);
    bytes.charge(length, now);
    return Optional.of(Duration.ofNanos(overdrawn(now)));
  }

  private long overdrawn(long now) {
    return Math.max(messages.nanosOverdrawn(now), bytes.nanosOverdrawn(now));
  }
}
