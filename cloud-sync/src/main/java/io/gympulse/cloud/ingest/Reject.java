package io.gympulse.cloud.ingest;

import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.text.UnicodeText;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// A message, or a part of one, that is not taken: what the error topic is told.
///
/// @param count how many events or rows this stands for
/// @param topic empty if it could not be read
/// @param receivedAt empty if it could not be read
/// @param payload the first 4 KB of the message, base64
record Reject(
    Rejection rejection, int count, String topic, Optional<Instant> receivedAt, String payload) {
  private static final int MAX_PAYLOAD_BYTES = 4_096;
  private static final int MAX_TOPIC_CHARS = 256;

  /// What no rule wrote may hold any text for a topic.
  Reject {
    topic = UnicodeText.abridged(topic, MAX_TOPIC_CHARS);
  }

  static Reject of(
      Rejection rejection, int count, String topic, Optional<Instant> receivedAt, byte[] payload) {
    byte[] head = Arrays.copyOf(payload, Math.min(payload.length, MAX_PAYLOAD_BYTES));
    return new Reject(
        rejection, count, topic, receivedAt, Base64.getEncoder().encodeToString(head));
  }
}
