package io.gympulse.cloud.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.text.UnicodeText;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// A rejected message, or rejected parts of one, as published on the error topic.
///
/// Version 1 of its JSON is `{"version":1,"code","field","detail","topic","receivedAt","payload"}`,
/// `receivedAt` in epoch milliseconds and absent if the message did not carry it, `payload` in
/// base64.
///
/// @param first the first rejection that is reported
/// @param count how many events or rows were rejected with the same code; 1 for a whole message
/// @param topic empty if it could not be read
/// @param receivedAt empty if it could not be read
/// @param payload the first 4 KB of the message, base64
record ErrorReport(
    Rejection first, int count, String topic, Optional<Instant> receivedAt, String payload) {
  private static final int VERSION = 1;
  private static final int MAX_PAYLOAD_BYTES = 4_096;
  private static final int MAX_TOPIC_CHARS = 256;

  /// Text that no rule wrote may be of any length.
  ErrorReport {
    topic = UnicodeText.abridged(topic, MAX_TOPIC_CHARS);
  }

  static ErrorReport of(
      Rejection rejection, String topic, Optional<Instant> receivedAt, byte[] payload) {
    byte[] head = Arrays.copyOf(payload, Math.min(payload.length, MAX_PAYLOAD_BYTES));
    return new ErrorReport(
        rejection, 1, topic, receivedAt, Base64.getEncoder().encodeToString(head));
  }

  /// The same report with one more event or row of the same code.
  ErrorReport withOneMore() {
    return new ErrorReport(first, count + 1, topic, receivedAt, payload);
  }

  /// The first rejection, with the number of others in its detail.
  Rejection rejection() {
    return count == 1
        ? first
        : new Rejection(
            first.code(),
            first.field(),
            "%s (and %d more like it)".formatted(first.detail(), count - 1));
  }

  byte[] encode() {
    Rejection rejection = rejection();
    ObjectNode body = JsonTree.object();
    body.put("version", VERSION);
    body.put("code", rejection.code().wireName());
    body.put("field", rejection.field());
    body.put("detail", rejection.detail());
    body.put("topic", topic);
    receivedAt.ifPresent(it -> body.put("receivedAt", it.toEpochMilli()));
    body.put("payload", payload);
    return JsonTree.bytes(body);
  }
}
