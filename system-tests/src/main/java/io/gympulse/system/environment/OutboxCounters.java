package io.gympulse.system.environment;

import io.gympulse.system.process.KeyValueLine;

/// A gateway's counters of its outbox, since that was created. Every recorded event is waiting,
/// acknowledged or quarantined.
public record OutboxCounters(long recorded, long waiting, long acknowledged, long quarantined) {
  public static final OutboxCounters ZERO = new OutboxCounters(0, 0, 0, 0);

  static OutboxCounters of(KeyValueLine line) {
    return new OutboxCounters(
        line.number("recorded"),
        line.number("waiting"),
        line.number("acknowledged"),
        line.number("quarantined"));
  }

  /// Whether nothing is left to send. Quarantined events may still be sent, in a new outbox.
  public boolean allSent() {
    return waiting == 0 && quarantined == 0;
  }

  public OutboxCounters plus(OutboxCounters other) {
    return new OutboxCounters(
        recorded + other.recorded,
        waiting + other.waiting,
        acknowledged + other.acknowledged,
        quarantined + other.quarantined);
  }
}
