package io.gympulse.local.shadow;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.text.UnicodeText;
import io.gympulse.local.shadow.ShadowStep.Outcome.Accepted;
import io.gympulse.local.shadow.ShadowStep.Outcome.Rejected;
import io.gympulse.local.shadow.ShadowStep.Outcome.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shadow service's state transitions and replies, as documented by AWS IoT. Pure functions.
final class ShadowStep {

  /// The size limit of a state document, without its metadata, in bytes of JSON.
  static final int MAX_STATE_BYTES = 8 * 1024;

  /// The deepest nesting under `desired` and `reported`.
  static final int MAX_DEPTH = 8;

  /// Numbers keep their digits, also those that a double cannot represent.
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final int MAX_TOKEN_CHARS = 64;
  private static final List<String> SECTIONS = List.of("desired", "reported");

  /// The result of a request.
  sealed interface Outcome {

    /// @param next the shadow after the request
    /// @param replies the messages to publish, in this order
    record Accepted(Shadow next, List<Reply> replies) implements Outcome {}

    /// @param reply the message to publish on `.../rejected`
    record Rejected(Reply reply) implements Outcome {}

    /// @param topic the suffix of the shadow's topic, such as `update/accepted`
    record Reply(String topic, ObjectNode body) {}
  }

  private record Fault(int code, String message) {}

  private ShadowStep() {}

  static Outcome get(String name, Shadow shadow, byte[] payload, long now) {
    ObjectNode request = lenient(payload);
    if (shadow.deleted()) {
      return rejected("get", 404, "No shadow exists with name: '" + name + "'", request, now);
    }
    ObjectNode state = shadow.state().deepCopy();
    ObjectNode delta = shadow.delta();
    if (!delta.isEmpty()) {
      state.set("delta", delta);
    }
    ObjectNode body = JSON.createObjectNode();
    body.set("state", state);
    body.set("metadata", shadow.metadata());
    body.put("version", shadow.version());
    return new Accepted(shadow, List.of(new Reply("get/accepted", stamp(body, request, now))));
  }

  static Outcome delete(String name, Shadow shadow, byte[] payload, long now) {
    ObjectNode request = lenient(payload);
    if (shadow.deleted()) {
      return rejected("delete", 404, "No shadow exists with name: '" + name + "'", request, now);
    }
    ObjectNode nothing = JSON.createObjectNode();
    Shadow next = new Shadow(nothing, nothing, shadow.version(), now, true);
    ObjectNode body = JSON.createObjectNode().put("version", shadow.version());
    return new Accepted(next, List.of(new Reply("delete/accepted", stamp(body, request, now))));
  }

  static Outcome update(Shadow shadow, byte[] payload, long now) {
    ObjectNode request;
    try {
      if (!(JSON.readTree(UnicodeText.ofUtf8(payload)) instanceof ObjectNode object)) {
        return rejected("update", 400, "JSON object is needed", JSON.createObjectNode(), now);
      }
      request = object;
    } catch (IOException | NumberFormatException e) {
      // Jackson throws a NumberFormatException for an exponent that is out of range.
      return rejected("update", 400, "Invalid JSON", JSON.createObjectNode(), now);
    }
    if (!(request.get("state") instanceof ObjectNode patch)) {
      return rejected("update", 400, "Missing required node: state", request, now);
    }
    Optional<Fault> fault = fault(patch).or(() -> fault(request.path("version"), shadow.version()));
    if (fault.isPresent()) {
      return rejected("update", fault.get().code(), fault.get().message(), request, now);
    }
    ObjectNode state = Merge.merge(shadow.state(), patch);
    return sizeFault(state)
        .<Outcome>map(it -> rejected("update", it.code(), it.message(), request, now))
        .orElseGet(() -> accepted(shadow, request, patch, state, now));
  }

  private static Optional<Fault> fault(ObjectNode patch) {
    for (Map.Entry<String, JsonNode> section : patch.properties()) {
      boolean known = SECTIONS.contains(section.getKey());
      if (!known || !(section.getValue().isObject() || section.getValue().isNull())) {
        String message = "State node must be an object named desired or reported: ";
        return fault(400, message + UnicodeText.abridged(section.getKey(), 80));
      }
    }
    return depth(patch) > MAX_DEPTH + 1
        ? fault(400, "JSON contains too many levels of nesting")
        : Optional.empty();
  }

  private static Optional<Fault> fault(JsonNode expected, long version) {
    if (expected.isMissingNode() || expected.isNull()) {
      return Optional.empty();
    }
    if (!expected.isIntegralNumber() || !expected.canConvertToLong()) {
      return fault(400, "Invalid version");
    }
    return expected.longValue() == version ? Optional.empty() : fault(409, "Version conflict");
  }

  private static Optional<Fault> sizeFault(ObjectNode state) {
    String json = state.toString();
    if (!UnicodeText.isWellFormed(json)) {
      return fault(400, "Invalid JSON: half a character in a text");
    }
    return json.getBytes(StandardCharsets.UTF_8).length > MAX_STATE_BYTES
        ? fault(413, "The payload exceeds the maximum size allowed")
        : Optional.empty();
  }

  private static Optional<Fault> fault(int code, String message) {
    return Optional.of(new Fault(code, message));
  }

  private static Accepted accepted(
      Shadow shadow, ObjectNode request, ObjectNode patch, ObjectNode state, long now) {
    ObjectNode stamps = (ObjectNode) Merge.stamped(patch, now);
    ObjectNode metadata = Merge.merge(shadow.metadata(), stamps);
    Shadow next = new Shadow(state, metadata, shadow.version() + 1, now, false);
    List<Reply> replies = new ArrayList<>();

    ObjectNode accepted = JSON.createObjectNode();
    accepted.set("state", patch);
    accepted.set("metadata", stamps);
    accepted.put("version", next.version());
    replies.add(new Reply("update/accepted", stamp(accepted, request, now)));

    ObjectNode delta = next.delta();
    if (!delta.isEmpty()) {
      ObjectNode body = JSON.createObjectNode().put("version", next.version());
      body.set("state", delta);
      body.set("metadata", Merge.shapedAs(delta, Merge.objectAt(metadata, "desired")));
      replies.add(new Reply("update/delta", stamp(body, request, now)));
    }

    ObjectNode documents = JSON.createObjectNode();
    documents.set("previous", shadow.document());
    documents.set("current", next.document());
    replies.add(new Reply("update/documents", stamp(documents, request, now)));
    return new Accepted(next, List.copyOf(replies));
  }

  private static Rejected rejected(
      String operation, int code, String message, ObjectNode request, long now) {
    ObjectNode body = JSON.createObjectNode().put("code", code).put("message", message);
    return new Rejected(new Reply(operation + "/rejected", stamp(body, request, now)));
  }

  private static ObjectNode stamp(ObjectNode body, ObjectNode request, long now) {
    body.put("timestamp", now);
    String token = request.path("clientToken").asText();
    if (request.path("clientToken").isTextual()
        && token.length() <= MAX_TOKEN_CHARS
        && UnicodeText.isWellFormed(token)) {
      body.put("clientToken", token);
    }
    return body;
  }

  private static ObjectNode lenient(byte[] payload) {
    try {
      return JSON.readTree(UnicodeText.ofUtf8(payload)) instanceof ObjectNode object
          ? object
          : JSON.createObjectNode();
    } catch (IOException | NumberFormatException e) {
      // Jackson throws a NumberFormatException for an exponent that is out of range.
      return JSON.createObjectNode();
    }
  }

  private static int depth(JsonNode tree) {
    int deepest = 0;
    for (JsonNode child : tree) {
      deepest = Math.max(deepest, depth(child));
    }
    return tree.isContainerNode() ? deepest + 1 : 0;
  }
}
