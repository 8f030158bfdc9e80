package io.gympulse.local.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The query parameters of a request, the last one of each name. Methods throw an
/// [IllegalArgumentException] that names the parameter if its value is invalid.
record QueryParameters(Map<String, String> parameters) {
  /// @param text the raw query without the question mark
  static QueryParameters of(String text) {
    Map<String, String> parameters = new HashMap<>();
    for (String each : text.split("&", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(each.substring(0, equals)), decoded(each.substring(equals + 1)));
      }
    }
    return new QueryParameters(Map.copyOf(parameters));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  int number(String name, int defaultValue, int min, int max) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return defaultValue;
    }
    if (!text.get().matches("\\d{1,9}")) {
      throw new IllegalArgumentException("%s is to be a number".formatted(name));
    }
    int number = Integer.parseInt(text.get());
    if (number < min || number > max) {
      throw new IllegalArgumentException(
          "%s is to be from %d to %d, not %d".formatted(name, min, max, number));
    }
    return number;
  }
}
