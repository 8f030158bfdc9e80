package io.gympulse.cloud.ingest;

import static io.gympulse.contract.message.RejectionCode.INVALID_FIELD;
import static io.gympulse.contract.message.RejectionCode.MALFORMED;
import static io.gympulse.contract.topic.IotCoreLimits.MAX_PAYLOAD_BYTES;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.RejectionCode;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.text.UnicodeText;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the rule for payloads that are no JSON delivers: `{"payload":base64,"topic","receivedAt"}`.
/// Its filter also lets through objects that lack the fields it asks for; those the rule of their
/// topic delivers as well.
final class NotJson {
  private static final int FIELDS = 3;

  private static final List<TopicFilter> OTHERS =
      Stream.of(
              "machines/+/status",
              "gateways/+/batches",
              "gateways/+/snapshot",
              "gateways/+/heartbeat")
          .map(it -> new TopicFilter("org/+/" + it))
          .toList();

  private NotJson() {}

  /// As strict as the rules: what they cannot read, none but this rule delivers. Made when it is
  /// needed first, which is seldom.
  private static final class Strict {
    static final ObjectMapper JSON =
        new ObjectMapper(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  }

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
    return Optional.of(
        fault(bytes, origin.topic())
            .map(it -> refused(it, bytes, origin))
            .orElseGet(Inbound.Elsewhere::new));
  }

  /// Why no other rule delivers the message in a form that can be read; empty if one does.
  private static Optional<Rejection> fault(byte[] bytes, String topic) {
    // What is too large the broker cut off: no other rule has it.
    if (bytes.length > MAX_PAYLOAD_BYTES) {
      return Optional.of(RuleOutput.tooLarge());
    }
    JsonNode message = parsed(bytes);
    if (!message.isObject()) {
      return fault(MALFORMED, "", "the body is not a JSON object");
    }
    if (message.has("version") || message.has("machineId")) {
      return fault(
          MALFORMED, "", "the rules cannot read this body, though it looks like a JSON object");
    }
    if (OTHERS.stream().noneMatch(it -> it.matches(topic))) {
      return Optional.of(RuleOutput.noSuchTopic());
    }
    return message.path("payload").isTextual()
        ? fault(INVALID_FIELD, "payload", "the protocol has no such field; leave it out")
        : Optional.empty();
  }

  private static Optional<Rejection> fault(RejectionCode code, String field, String detail) {
    return Optional.of(new Rejection(code, field, detail));
  }

  private static JsonNode parsed(byte[] bytes) {
    try {
      return Strict.JSON.readTree(UnicodeText.ofUtf8(bytes));
    } catch (IOException | NumberFormatException e) {
      // The latter of an exponent that no number has: Jackson lets it through.
      return MissingNode.getInstance();
    }
  }

  private static Inbound refused(Rejection rejection, byte[] bytes, Origin origin) {
    return new Inbound.Undecodable(
        Reject.of(rejection, 1, origin.topic(), Optional.of(origin.receivedAt()), bytes),
        Optional.empty());
  }
}
