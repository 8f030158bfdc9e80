package io.gympulse.system.process;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A machine-readable output line of the form `NAME: key=value key=value ...`.
public record KeyValueLine(Map<String, String> values) {

  /// The values of a line that begins with `prefix`; words without `=` are skipped.
  public static Optional<KeyValueLine> parse(String prefix, String line) {
    if (!line.startsWith(prefix)) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : line.substring(prefix.length()).trim().split("\\s+", -1)) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        values.put(word.substring(0, equals), word.substring(equals + 1));
      }
    }
    return Optional.of(new KeyValueLine(values));
  }

  public long number(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no '%s' in %s".formatted(key, values));
    }
    return Long.parseLong(value);
  }
}
