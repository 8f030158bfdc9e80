package io.gympulse.cloud.api.http;

import io.gympulse.contract.text.UnicodeText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/// Turns what a caller wrote into a value of the domain.
public final class Field {
  private static final int LONGEST_QUOTED = 60;
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Field() {}

  /// @param name as the caller knows it: path part, query parameter or body field
  /// @throws Refusal naming the field, with the parser's own words, if the text is not acceptable
  public static <T> T parse(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(name, String.valueOf(e.getMessage()));
    }
  }

  /// A time as ISO-8601 in UTC, from 1970 to 9999: beyond, neither the store nor its arithmetic has
  /// room for it.
  ///
  /// @throws Refusal naming the field
  public static Instant time(String name, String text) {
    try {
      Instant time = Instant.parse(text);
      if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
        throw Refusal.invalid(
            name, "The time is not between %s and %s.".formatted(EARLIEST, LATEST));
      }
      return time;
    } catch (DateTimeParseException e) {
      throw Refusal.invalid(
          name,
          "'%s' is not a time such as 2026-05-01T12:00:00Z."
              .formatted(UnicodeText.abridged(text, LONGEST_QUOTED)));
    }
  }
}
