package io.gympulse.local.shadow;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.text.UnicodeText;
import io.gympulse.local.shadow.ShadowOutcome.Accepted;
import io.gympulse.local.shadow.ShadowOutcome.Rejected;
import io.gympulse.local.shadow.ShadowOutcome.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the shadow service answers to a request, as AWS IoT documents it. Pure.
final class ShadowStep {

  /// The size limit of a state document, without its metadata, in bytes of JSON.
  static final int MAX_STATE_BYTES = 8 * 1024;

  /// The deepest nesting under `desired` and `reported`.
  static final int MAX_DEPTH = 8;

  /// Numbers are kept as they were written, whatever a double could hold of them.
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final int MAX_TOKEN_CHARS = 64;
  private static final List<String> SECTIONS = List.of("desired", "reported");

  private record Fault(int code, String message) {}

  private ShadowStep() {}

  static ShadowOutcome get(String name, Shadow shadow, byte[] request, long now) {
    ObjectNode asked = lenient(request);
    if (shadow.deleted()) {
      return rejected("get", 404, "No shadow exists with name: '" + name + "'", asked, now);
    }
    ObjectNode state = shadow.state().deepCopy();
    ObjectNode delta = delta(shadow);
    if (!delta.isEmpty()) {
      state.set("delta", delta);
    }
    ObjectNode body = JSON.createObjectNode();
    body.set("state", state);
    body.set("metadata", shadow.metadata());
    body.put("version", shadow.version());
    return new Accepted(shadow, List.of(new Reply("get/accepted", sign(body, asked, now))));
  }

  static ShadowOutcome delete(String name, Shadow shadow, byte[] request, long now) {
    ObjectNode asked = lenient(request);
    if (shadow.deleted()) {
      return rejected("delete", 404, "No shadow exists with name: '" + name + "'", asked, now);
    }
    ObjectNode nothing = JSON.createObjectNode();
    Shadow next = new Shadow(nothing, nothing, shadow.version(), now, true);
    ObjectNode body = JSON.createObjectNode().put("version", shadow.version());
    return new Accepted(next, List.of(new Reply("delete/accepted", sign(body, asked, now))));
  }

  static ShadowOutcome update(Shadow shadow, byte[] request, long now) {
    ObjectNode asked;
    try {
      if (!(JSON.readTree(UnicodeText.ofUtf8(request)) instanceof ObjectNode object)) {
        return rejected("update", 400, "JSON object is needed", JSON.createObjectNode(), now);
      }
      asked = object;
    } catch (IOException | NumberFormatException e) {
      // The latter of an exponent that no number has: Jackson lets it through.
      return rejected("update", 400, "Invalid JSON", JSON.createObjectNode(), now);
    }
    if (!(asked.get("state") instanceof ObjectNode patch)) {
      return rejected("update", 400, "Missing required node: state", asked, now);
    }
    Optional<Fault> fault = fault(patch).or(() -> fault(asked.path("version"), shadow.version()));
    if (fault.isPresent()) {
      return rejected("update", fault.get().code(), fault.get().message(), asked, now);
    }
    ObjectNode state = Merge.merge(shadow.state(), patch);
    return sizeFault(state)
        .<ShadowOutcome>map(it -> rejected("update", it.code(), it.message(), asked, now))
        .orElseGet(() -> accepted(shadow, asked, patch, state, now));
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
      Shadow shadow, ObjectNode asked, ObjectNode patch, ObjectNode state, long now) {
    ObjectNode stamps = (ObjectNode) Merge.stamped(patch, now);
    ObjectNode metadata = Merge.merge(shadow.metadata(), stamps);
    Shadow next = new Shadow(state, metadata, shadow.version() + 1, now, false);
    List<Reply> replies = new ArrayList<>();

    ObjectNode accepted = JSON.createObjectNode();
    accepted.set("state", patch);
    accepted.set("metadata", stamps);
    accepted.put("version", next.version());
    replies.add(new Reply("update/accepted", sign(accepted, asked, now)));

    ObjectNode delta = delta(next);
    if (!delta.isEmpty()) {
      ObjectNode body = JSON.createObjectNode().put("version", next.version());
      body.set("state", delta);
      body.set("metadata", Merge.shapedAs(delta, Merge.objectAt(metadata, "desired")));
      replies.add(new Reply("update/delta", sign(body, asked, now)));
    }

    ObjectNode documents = JSON.createObjectNode();
    documents.set("previous", document(shadow));
    documents.set("current", document(next));
    replies.add(new Reply("update/documents", sign(documents, asked, now)));
    return new Accepted(next, List.copyOf(replies));
  }

  private static ObjectNode document(Shadow shadow) {
    ObjectNode document = JSON.createObjectNode();
    document.set("state", shadow.state());
    document.set("metadata", shadow.metadata());
    return document.put("version", shadow.version());
  }

  private static ObjectNode delta(Shadow shadow) {
    return Merge.delta(
        Merge.objectAt(shadow.state(), "desired"), Merge.objectAt(shadow.state(), "reported"));
  }

  private static Rejected rejected(
      String operation, int code, String message, ObjectNode asked, long now) {
    ObjectNode body = JSON.createObjectNode().put("code", code).put("message", message);
    return new Rejected(new Reply(operation + "/rejected", sign(body, asked, now)));
  }

  private static ObjectNode sign(ObjectNode body, ObjectNode asked, long now) {
    body.put("timestamp", now);
    String token = asked.path("clientToken").asText();
    if (asked.path("clientToken").isTextual()
        && token.length() <= MAX_TOKEN_CHARS
        && UnicodeText.isWellFormed(token)) {
      body.put("clientToken", token);
    }
    return body;
  }

  private static ObjectNode lenient(byte[] request) {
    try {
      return JSON.readTree(UnicodeText.ofUtf8(request)) instanceof ObjectNode object
          ? object
          : JSON.createObjectNode();
    } catch (IOException | NumberFormatException e) {
      // The latter of an exponent that no number has: Jackson lets it through.
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
