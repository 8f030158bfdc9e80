package io.gympulse.system.rig;

import io.gympulse.system.process.KeyValueLine;

/// What a gateway's outbox has seen since it was begun. Every recorded event is waiting,
/// acknowledged or quarantined.
public record Counters(long recorded, long waiting, long acknowledged, long quarantined) {
  public static final Counters ZERO = new Counters(0, 0, 0, 0);

  static Counters of(KeyValueLine line) {
    return new Counters(
        line.number("recorded"),
        line.number("waiting"),
        line.number("acknowledged"),
        line.number("quarantined"));
  }

  /// Whether nothing is left to send. What is set apart may be sent yet, in a new outbox.
  public boolean allSent() {
    return waiting == 0 && quarantined == 0;
  }

  public Counters plus(Counters other) {
    return new Counters(
        recorded + other.recorded,
        waiting + other.waiting,
        acknowledged + other.acknowledged,
        quarantined + other.quarantined);
  }
}
