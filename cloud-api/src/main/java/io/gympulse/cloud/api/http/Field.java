package io.gympulse.cloud.api.http;

import java.util.function.Function;

/// Turns what a caller wrote into a value of the domain.
public final class Field {
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
}
