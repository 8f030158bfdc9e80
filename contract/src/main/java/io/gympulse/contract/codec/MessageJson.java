package io.gympulse.contract.codec;

import static io.gympulse.contract.message.Rejection.RejectionCode.MALFORMED;
import static io.gympulse.contract.message.Rejection.RejectionCode.TOO_LARGE;
import static io.gympulse.contract.message.Rejection.RejectionCode.UNKNOWN_VERSION;
import static io.gympulse.contract.topic.Topics.MAX_PAYLOAD_BYTES;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.text.UnicodeText;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// What the JSON of all messages has in common: its limits, the fields that several messages have,
/// and rejections in place of exceptions.
final class MessageJson {
  private static final JsonTree JSON =
      new JsonTree(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(16).maxNumberLength(32).build())
              .build());

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private MessageJson() {}

  /// Ends the decoding of one body; never leaves this package.
  static final class InvalidBody extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    InvalidBody(RejectionCode code, String field, String detail) {
      super(detail, null, false, false);
      this.rejection = new Rejection(code, field, detail);
    }

    private static InvalidBody of(JsonCursor.Problem problem) {
      RejectionCode code =
          switch (problem.kind()) {
            case MISSING -> RejectionCode.MISSING_FIELD;
            case INVALID, UNKNOWN_FIELD -> RejectionCode.INVALID_FIELD;
            case TOO_LARGE -> TOO_LARGE;
          };
      return new InvalidBody(code, problem.path(), problem.detail());
    }
  }

  /// Parses a whole body and decodes it.
  static <T> DecodeResult<T> decode(byte[] body, Function<JsonNode, DecodeResult<T>> decoder) {
    if (body.length > MAX_PAYLOAD_BYTES) {
      return invalid(
          TOO_LARGE, "%d bytes, the limit is %d".formatted(body.length, MAX_PAYLOAD_BYTES));
    }
    try {
      return decoder.apply(JSON.read(UnicodeText.ofUtf8(body)));
    } catch (JsonProcessingException e) {
      return invalid(MALFORMED, "not JSON: " + e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      return invalid(MALFORMED, "not UTF-8");
    }
  }

  /// Decodes a parsed body.
  static <T> DecodeResult<T> read(JsonNode body, JsonCursor.Reader<T, InvalidBody> reader) {
    if (!body.isObject()) {
      return invalid(MALFORMED, "the body is not a JSON object");
    }
    try {
      return new DecodeResult.Valid<>(reader.read(JsonCursor.root(body, InvalidBody::of)));
    } catch (InvalidBody e) {
      return new DecodeResult.Invalid<>(e.rejection, Optional.empty());
    }
  }

  private static <T> DecodeResult<T> invalid(RejectionCode code, String detail) {
    return new DecodeResult.Invalid<>(new Rejection(code, "", detail), Optional.empty());
  }

  static void requireVersion(JsonCursor<InvalidBody> body, int supported) {
    version(body, supported, supported);
  }

  /// The version; any not from `oldest` to `newest` is rejected.
  static int version(JsonCursor<InvalidBody> body, int oldest, int newest) {
    long version = body.field("version").integer();
    if (version < oldest || version > newest) {
      throw new InvalidBody(
          UNKNOWN_VERSION,
          "version",
          oldest == newest
              ? "version %d is unknown; the only known version is %d".formatted(version, newest)
              : "version %d is unknown; the known versions are %d to %d"
                  .formatted(version, oldest, newest));
    }
    return (int) version;
  }

  static GatewayAddress address(JsonCursor<InvalidBody> body) {
    return new GatewayAddress(
        body.field("gym").parse(GymId::new), body.field("gateway").parse(GatewayId::new));
  }

  /// A new body that begins with the version and the gateway.
  static ObjectNode body(int version, GatewayAddress address) {
    return JsonTree.object()
        .put("version", version)
        .put("gym", address.gym().value())
        .put("gateway", address.gateway().value());
  }

  static OutboxId outbox(JsonCursor<InvalidBody> id) {
    return new OutboxId(id.parse(UUID::fromString));
  }

  static Optional<SenderId> sender(JsonCursor<InvalidBody> body) {
    return body.optional("sender", it -> it.parse(SenderId::new));
  }

  static void add(SeqRange range, ArrayNode row) {
    row.add(range.first().value()).add(range.last().value());
  }

  /// A time in milliseconds since 1970.
  static Instant millis(JsonCursor<InvalidBody> field) {
    return time(field, field.integer());
  }

  /// A time that was decoded from the field, in milliseconds since 1970.
  static Instant time(JsonCursor<InvalidBody> field, long millis) {
    if (millis < 0 || millis > LATEST.toEpochMilli()) {
      throw field.invalid("is not a time in milliseconds since 1970");
    }
    return Instant.ofEpochMilli(millis);
  }

  /// A time in seconds since 1970; a fraction is cut off, for clients that count in doubles.
  static Instant seconds(JsonCursor<InvalidBody> field) {
    double seconds = field.number();
    if (seconds < 0 || seconds > LATEST.getEpochSecond()) {
      throw field.invalid("is not a time in seconds since 1970");
    }
    return Instant.ofEpochSecond((long) seconds);
  }
}
