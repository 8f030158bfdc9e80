package io.gympulse.local.rules;

import java.time.Instant;

/// A message as it came in at the front door. The payload is not copied: nobody writes to it.
public final class Inbound {

  private final String topic;
  private final byte[] payload;
  private final Instant receivedAt;

  /// @param topic the topic it was published to, with the Basic Ingest prefix if it had one
  /// @param receivedAt when it came in, by the cloud's clock
  public Inbound(String topic, byte[] payload, Instant receivedAt) {
    this.topic = topic;
    this.payload = payload;
    this.receivedAt = receivedAt;
  }

  /// The topic it was published to, with the Basic Ingest prefix if it had one.
  public String topic() {
    return topic;
  }

  /// The bytes as sent.
  public byte[] payload() {
    return payload;
  }

  /// When it came in, by the cloud's clock.
  public Instant receivedAt() {
    return receivedAt;
  }
}
