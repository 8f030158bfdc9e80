package io.gympulse.cloud.ingest;

import static io.gympulse.contract.message.Rejection.RejectionCode.INVALID_FIELD;
import static io.gympulse.contract.message.Rejection.RejectionCode.MALFORMED;
import static io.gympulse.contract.topic.Topics.MAX_PAYLOAD_BYTES;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gympulse.cloud.ingest.RuleOutputReader.InboundMessage;
import io.gympulse.cloud.ingest.RuleOutputReader.InboundMessage.Origin;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.text.UnicodeText;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the output of the rule for payloads that are not JSON:
/// `{"payload":base64,"topic","receivedAt"}`. That rule also selects JSON objects without the
/// fields it tests; the rule of their topic delivers those as well.
final class NotJsonOutput {
  private static final List<TopicFilter> OTHER_RULES =
      Stream.of(
              "machines/+/status",
              "gateways/+/batches",
              "gateways/+/snapshot",
              "gateways/+/heartbeat")
          .map(it -> new TopicFilter("org/+/" + it))
          .toList();

  private NotJsonOutput() {}

  /// A parser as strict as the rules': a payload that it cannot read is delivered by this rule
  /// only. Created on first use, which is rare.
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

  /// Empty if this is the output of another rule, since its payload is not base64.
  static Optional<InboundMessage> read(String payload, Origin origin) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(payload);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(
        rejection(bytes, origin.topic())
            .map(it -> rejected(it, bytes, origin))
            .orElseGet(InboundMessage.Duplicate::new));
  }

  /// Why no other rule delivers the message in a readable form; empty if one does.
  private static Optional<Rejection> rejection(byte[] bytes, String topic) {
    // The broker truncates larger payloads, so no other rule delivers them.
    if (bytes.length > MAX_PAYLOAD_BYTES) {
      return Optional.of(RuleOutputReader.tooLarge());
    }
    JsonNode message = parsed(bytes);
    if (!message.isObject()) {
      return rejection(MALFORMED, "", "the body is not a JSON object");
    }
    if (message.has("version") || message.has("machineId")) {
      return rejection(
          MALFORMED, "", "the rules cannot read this body, though it looks like a JSON object");
    }
    if (OTHER_RULES.stream().noneMatch(it -> it.matches(topic))) {
      return Optional.of(RuleOutputReader.noSuchTopic());
    }
    return message.path("payload").isTextual()
        ? rejection(INVALID_FIELD, "payload", "the protocol has no such field; leave it out")
        : Optional.empty();
  }

  private static Optional<Rejection> rejection(RejectionCode code, String field, String detail) {
    return Optional.of(new Rejection(code, field, detail));
  }

  private static JsonNode parsed(byte[] bytes) {
    try {
      return Strict.JSON.readTree(UnicodeText.ofUtf8(bytes));
    } catch (IOException | NumberFormatException e) {
      // Jackson throws NumberFormatException for an exponent out of range.
      return MissingNode.getInstance();
    }
  }

  private static InboundMessage rejected(Rejection rejection, byte[] bytes, Origin origin) {
    return new InboundMessage.Undecodable(origin.report(rejection, bytes), Optional.empty());
  }
}
