package io.gympulse.cloud.ingest;

import static io.gympulse.contract.message.RejectionCode.MALFORMED;
import static io.gympulse.contract.message.RejectionCode.TOO_LARGE;
import static io.gympulse.contract.topic.IotCoreLimits.MAX_PAYLOAD_BYTES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.contract.message.Rejection;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/// What the rule for payloads that are no JSON delivers: `{"payload":base64,"topic","receivedAt"}`.
/// Its filter also lets through objects that lack the fields it asks for; those the rule of their
/// topic delivers as well.
final class NotJson {
  private static final int FIELDS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private NotJson() {}

  /// Empty if another rule wrote this.
  static Optional<Inbound> of(JsonNode body, Origin origin) {
    JsonNode payload = body.path("payload");
    if (body.size() != FIELDS || !payload.isTextual()) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(payload.textValue());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    // What is too large the broker cut off: no other rule has it.
    boolean elsewhere = bytes.length <= MAX_PAYLOAD_BYTES && isObject(bytes);
    return Optional.of(elsewhere ? new Inbound.Elsewhere() : refused(bytes, origin));
  }

  private static boolean isObject(byte[] bytes) {
    try {
      return JSON.readTree(bytes).isObject();
    } catch (IOException e) {
      return false;
    }
  }

  private static Inbound refused(byte[] bytes, Origin origin) {
    Rejection rejection =
        bytes.length > MAX_PAYLOAD_BYTES
            ? new Rejection(TOO_LARGE, "", "the limit is %d bytes".formatted(MAX_PAYLOAD_BYTES))
            : new Rejection(MALFORMED, "", "the body is not a JSON object");
    return new Inbound.Undecodable(
        Reject.of(rejection, 1, origin.topic(), Optional.of(origin.receivedAt()), bytes),
        Optional.empty());
  }
}
