package io.gympulse.cloud.api.http;

import io.gympulse.contract.text.UnicodeText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/// Parses a path part, parameter, header or body field of a request into a domain value.
public final class RequestField {
  private static final int MAX_QUOTED_CHARS = 60;
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private RequestField() {}

  /// @param name of the parameter or path part, for the error
  /// @param parser throws [IllegalArgumentException] for invalid text; its message is answered
  /// @throws ApiException 400 naming the parameter
  public static <T> T parse(String name, String text, Function<String, T> parser) {
    return parse(RequestLocation.parameter(name), text, parser);
  }

  /// @param location of the value, for the error
  /// @param parser throws [IllegalArgumentException] for an invalid value; its message is answered
  /// @throws ApiException 400 naming the location
  public static <V, T> T parse(RequestLocation location, V value, Function<V, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw ApiException.invalidField(location, String.valueOf(e.getMessage()));
    }
  }

  /// Parses an ISO-8601 time in UTC, from 1970 to 9999: the store's formats and time arithmetic
  /// hold no other.
  ///
  /// @throws ApiException 400 naming the parameter
  public static Instant time(String name, String text) {
    return time(RequestLocation.parameter(name), text);
  }

  /// As [#time(String, String)], of any location.
  public static Instant time(RequestLocation location, String text) {
    try {
      Instant time = Instant.parse(text);
      if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
        throw ApiException.invalidField(
            location, "The time is not between %s and %s.".formatted(EARLIEST, LATEST));
      }
      return time;
    } catch (DateTimeParseException e) {
      throw ApiException.invalidField(
          location,
          "'%s' is not a time such as 2026-05-01T12:00:00Z."
              .formatted(UnicodeText.abridged(text, MAX_QUOTED_CHARS)));
    }
  }
}
