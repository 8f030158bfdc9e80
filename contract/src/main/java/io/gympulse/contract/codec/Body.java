package io.gympulse.contract.codec;

import static io.gympulse.contract.message.RejectionCode.INVALID_FIELD;
import static io.gympulse.contract.message.RejectionCode.MALFORMED;
import static io.gympulse.contract.message.RejectionCode.MISSING_FIELD;
import static io.gympulse.contract.message.RejectionCode.TOO_LARGE;
import static io.gympulse.contract.message.RejectionCode.UNKNOWN_VERSION;
import static io.gympulse.contract.topic.IotCoreLimits.MAX_PAYLOAD_BYTES;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.RejectionCode;
import io.gympulse.contract.text.UnicodeText;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// A JSON node and its path, read field by field; whatever is amiss becomes an [InvalidBody] that
/// names the path.
final class Body {
  private static final JsonTree JSON =
      new JsonTree(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(16).maxNumberLength(32).build())
              .build());

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private final JsonNode node;
  private final String path;

  private Body(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /// Decodes a whole body: parses, reads, and turns what went wrong into a rejection.
  static <T> Decoded<T> decode(byte[] body, Function<JsonNode, Decoded<T>> read) {
    if (body.length > MAX_PAYLOAD_BYTES) {
      return invalid(
          TOO_LARGE, "%d bytes, the limit is %d".formatted(body.length, MAX_PAYLOAD_BYTES));
    }
    try {
      return read.apply(JSON.read(UnicodeText.ofUtf8(body)));
    } catch (JsonProcessingException e) {
      return invalid(MALFORMED, "not JSON: " + e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      return invalid(MALFORMED, "not UTF-8");
    }
  }

  static <T> Decoded<T> decode(JsonNode node, Function<Body, T> read) {
    try {
      if (!node.isObject()) {
        return invalid(MALFORMED, "the body is not a JSON object");
      }
      return new Decoded.Valid<>(read.apply(new Body(node, "")));
    } catch (InvalidBody e) {
      return new Decoded.Invalid<>(e.rejection(), Optional.empty());
    }
  }

  private static <T> Decoded<T> invalid(RejectionCode code, String detail) {
    return new Decoded.Invalid<>(new Rejection(code, "", detail), Optional.empty());
  }

  void requireVersion(int supported) {
    version(supported, supported);
  }

  /// The version, which has to be one of these.
  int version(int oldest, int newest) {
    long version = child("version").integer();
    if (version < oldest || version > newest) {
      throw new InvalidBody(
          UNKNOWN_VERSION,
          "version",
          oldest == newest
              ? "version %d is not known here; this side speaks version %d"
                  .formatted(version, newest)
              : "version %d is not known here; this side speaks versions %d to %d"
                  .formatted(version, oldest, newest));
    }
    return (int) version;
  }

  GatewayAddress address() {
    return new GatewayAddress(
        child("gym").parse(GymId::new), child("gateway").parse(GatewayId::new));
  }

  OutboxId outbox() {
    return new OutboxId(child("outboxId").parse(UUID::fromString));
  }

  Optional<SenderId> sender() {
    return optional("sender").map(it -> it.parse(SenderId::new));
  }

  Body child(String name) {
    JsonNode child = node.get(name);
    String childPath = path.isEmpty() ? name : path + "." + name;
    if (child == null || child.isNull()) {
      throw new InvalidBody(MISSING_FIELD, childPath, "the field is missing");
    }
    return new Body(child, childPath);
  }

  Optional<Body> optional(String name) {
    JsonNode child = node.get(name);
    return child == null || child.isNull() ? Optional.empty() : Optional.of(child(name));
  }

  /// The rows of an array, each an array of `least` to `most` cells.
  Body[] rows(int mostRows, int least, int most) {
    Body[] rows = elements(mostRows);
    for (Body row : rows) {
      if (!(row.node instanceof ArrayNode cells) || cells.size() < least || cells.size() > most) {
        throw row.wrong(
            least == most
                ? "is not an array of %d cells".formatted(least)
                : "is not an array of %d to %d cells".formatted(least, most));
      }
    }
    return rows;
  }

  private Body[] elements(int most) {
    if (!(node instanceof ArrayNode array)) {
      throw wrong("is not an array");
    }
    if (array.size() > most) {
      throw tooLarge("%d elements, the limit is %d".formatted(array.size(), most));
    }
    Body[] elements = new Body[array.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = new Body(array.get(i), path + "[" + i + "]");
    }
    return elements;
  }

  Body cell(int index) {
    return new Body(node.get(index), path + "[" + index + "]");
  }

  int size() {
    return node.size();
  }

  String text() {
    if (!node.isTextual()) {
      throw wrong("is not a text");
    }
    if (!UnicodeText.isWellFormed(node.textValue())) {
      throw wrong("is not well-formed Unicode: it holds half a character");
    }
    return node.textValue();
  }

  boolean bool() {
    if (!node.isBoolean()) {
      throw wrong("is neither true nor false");
    }
    return node.booleanValue();
  }

  long integer() {
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw wrong("is not a whole number");
    }
    return node.longValue();
  }

  Instant millis() {
    return time(integer());
  }

  /// A time that this field holds in a form of its own.
  Instant time(long millis) {
    if (millis < 0 || millis > LATEST.toEpochMilli()) {
      throw wrong("is not a time in milliseconds since 1970");
    }
    return Instant.ofEpochMilli(millis);
  }

  /// Seconds since 1970; a fraction is cut off, for clients that count in doubles.
  Instant seconds() {
    if (!node.isNumber()
        || node.doubleValue() < 0
        || node.doubleValue() > LATEST.getEpochSecond()) {
      throw wrong("is not a time in seconds since 1970");
    }
    return Instant.ofEpochSecond((long) node.doubleValue());
  }

  /// The text, turned into a value by a constructor that refuses bad input.
  <T> T parse(Function<String, T> constructor) {
    String text = text();
    return checked(() -> constructor.apply(text));
  }

  <T> T named(Function<String, Optional<T>> lookup, String expected) {
    String text = text();
    return lookup.apply(text).orElseThrow(() -> wrong("is not one of " + expected));
  }

  /// Runs a constructor that refuses bad input and blames this field for it.
  <T> T checked(Supplier<T> construction) {
    try {
      return construction.get();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  InvalidBody tooLarge(String what) {
    return new InvalidBody(TOO_LARGE, path, what);
  }

  InvalidBody wrong(String what) {
    return new InvalidBody(INVALID_FIELD, path, what);
  }
}
