package io.gympulse.edge.outbox;

/// How an outbox on disk is to work.
public record OutboxSettings(OutboxLimits limits, FileSettings file) {
  public static final OutboxSettings DEFAULT =
      new OutboxSettings(OutboxLimits.DEFAULT, FileSettings.DEFAULT);

  public OutboxSettings(OutboxLimits limits) {
    this(limits, FileSettings.DEFAULT);
  }
}
