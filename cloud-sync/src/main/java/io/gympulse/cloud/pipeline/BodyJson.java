package io.gympulse.cloud.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.gympulse.cloud.http.ApiError;
import io.gympulse.cloud.http.ApiError.RejectedException;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.text.UnicodeText;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// Parses JSON bodies, within limits of depth and length. Problems are thrown as
/// [RejectedException] with the path of the field.
final class BodyJson {
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

  private BodyJson() {}

  /// @throws RejectedException if the body is not JSON, or exceeds a limit
  static JsonCursor<RejectedException> parse(byte[] body) {
    try {
      return JsonCursor.root(JSON.readTree(UnicodeText.ofUtf8(body)), BodyJson::rejected);
    } catch (JsonProcessingException e) {
      throw malformed("the body is not JSON as read here: " + reason(e));
    } catch (CharacterCodingException e) {
      throw malformed("the body is not UTF-8");
    } catch (NumberFormatException e) {
      throw malformed("the body contains a number out of range");
    }
  }

  private static RejectedException malformed(String message) {
    return new RejectedException(ApiError.malformed(message));
  }

  private static RejectedException rejected(JsonCursor.Problem problem) {
    String field = problem.path().isEmpty() ? "body" : problem.path();
    return new RejectedException(ApiError.invalid(field, problem.detail()));
  }

  private static String reason(JsonProcessingException e) {
    var place = e.getLocation();
    String text = String.valueOf(e.getOriginalMessage());
    return place == null
        ? text
        : "line %d, column %d: %s".formatted(place.getLineNr(), place.getColumnNr(), text);
  }

  /// The object as JSON, its numbers as they were written.
  static String object(JsonCursor<RejectedException> at) {
    String json = at.object().node().toString();
    if (!UnicodeText.isWellFormed(json)) {
      throw at.invalid("is not well-formed Unicode: it holds a lone surrogate");
    }
    return json;
  }

  /// ISO-8601 with an offset, from 1970 to 9999.
  static Instant time(JsonCursor<RejectedException> at) {
    Instant time;
    try {
      time = OffsetDateTime.parse(at.text()).toInstant();
    } catch (DateTimeException e) {
      throw at.expected("an ISO-8601 time with an offset such as 2026-05-01T12:00:00Z");
    }
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw at.expected("a time from 1970 to 9999");
    }
    return time;
  }
}
