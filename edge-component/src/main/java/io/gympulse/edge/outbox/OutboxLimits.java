package io.gympulse.edge.outbox;

/// How much an outbox holds.
///
/// @param maxEvents events held at most; from nine tenths of them on, old ones are coalesced
/// @param chunk events looked at in one step of coalescing, which appends have to wait for
public record OutboxLimits(int maxEvents, int chunk) {
  public static final OutboxLimits DEFAULT = new OutboxLimits(2_000_000, 5_000);

  public OutboxLimits {
    if (maxEvents < 1) {
      throw new IllegalArgumentException(
          "an outbox for %d events is too small: give it at least 1".formatted(maxEvents));
    }
    if (chunk < 2) {
      throw new IllegalArgumentException("%d events cannot be coalesced".formatted(chunk));
    }
  }

  boolean full(long events) {
    return events >= maxEvents;
  }

  boolean crowded(long events) {
    return events > maxEvents - maxEvents / 10;
  }

  int tenth() {
    return Math.max(1, maxEvents / 10);
  }
}
