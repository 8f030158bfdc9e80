package io.gympulse.cloud.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.gympulse.cloud.http.Fault;
import io.gympulse.cloud.http.Refusal;
import io.gympulse.contract.text.UnicodeText;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;

/// A JSON node and its path, read field by field; whatever is amiss becomes a [Refusal] that names
/// the path. Fields that nobody asks for are ignored.
record JsonBody(JsonNode node, String path) {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_TEXT_CHARS = 4_096;
  private static final int MAX_NUMBER_CHARS = 64;
  private static final int MAX_NAME_CHARS = 256;
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_TEXT_CHARS)
                          .maxNumberLength(MAX_NUMBER_CHARS)
                          .maxNameLength(MAX_NAME_CHARS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

  /// @throws Refusal if the body is no JSON, or nested or long beyond what is read
  static JsonBody parse(byte[] body) {
    try {
      return new JsonBody(JSON.readTree(UnicodeText.ofUtf8(body)), "");
    } catch (JsonProcessingException e) {
      throw new Refusal(Fault.malformed("the body is not JSON as read here: " + reason(e)));
    } catch (CharacterCodingException e) {
      throw new Refusal(Fault.malformed("the body is not UTF-8"));
    } catch (NumberFormatException e) {
      throw new Refusal(Fault.malformed("the body holds a number beyond all bounds"));
    }
  }

  private static String reason(JsonProcessingException e) {
    var place = e.getLocation();
    String text = String.valueOf(e.getOriginalMessage());
    return place == null
        ? text
        : "line %d, column %d: %s".formatted(place.getLineNr(), place.getColumnNr(), text);
  }

  JsonBody field(String name) {
    return new JsonBody(node.path(name), path.isEmpty() ? name : path + "." + name);
  }

  JsonBody element(int index) {
    return new JsonBody(node.path(index), "%s[%d]".formatted(path, index));
  }

  boolean absent() {
    return node.isMissingNode() || node.isNull();
  }

  JsonBody object() {
    return node.isObject() ? this : refused("a JSON object is needed");
  }

  /// @return how many elements it has
  int array(int most) {
    if (!node.isArray()) {
      refused("a JSON array is needed");
    }
    if (node.isEmpty() || node.size() > most) {
      refused("1 to %d elements are needed, not %d".formatted(most, node.size()));
    }
    return node.size();
  }

  /// A text, read by a parser whose [IllegalArgumentException] says what is wrong with it.
  <T> T text(Function<String, T> parser) {
    if (!node.isTextual()) {
      refused("a text is needed");
    }
    if (!UnicodeText.isWellFormed(node.textValue())) {
      refused("well-formed Unicode is needed, not half a character");
    }
    try {
      return parser.apply(node.textValue());
    } catch (IllegalArgumentException e) {
      throw new Refusal(Fault.invalid(named(), String.valueOf(e.getMessage())));
    }
  }

  /// The node as JSON, its numbers as they were written.
  String wellFormed() {
    String json = node.toString();
    if (!UnicodeText.isWellFormed(json)) {
      refused("well-formed Unicode is needed, not half a character");
    }
    return json;
  }

  /// A finite number.
  double number() {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      refused("a finite number is needed");
    }
    return node.doubleValue();
  }

  /// ISO-8601 with an offset, from 1970 to 9999.
  Instant time() {
    return text(
        it -> {
          try {
            Instant time = OffsetDateTime.parse(it).toInstant();
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
              throw new IllegalArgumentException("a time from 1970 to 9999 is needed");
            }
            return time;
          } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                "an ISO-8601 time with an offset is needed, for example 2026-05-01T12:00:00Z", e);
          }
        });
  }

  private JsonBody refused(String message) {
    String found = absent() ? "; there is none" : "";
    throw new Refusal(Fault.invalid(named(), message + found));
  }

  private String named() {
    return path.isEmpty() ? "body" : path;
  }
}
