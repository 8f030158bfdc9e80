package io.gympulse.bench.outbox;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What one trial tells, as `key=value` in one line.
record Figures(Map<String, Double> values) {

  static Figures none() {
    return new Figures(Map.of());
  }

  Figures with(String key, double value) {
    Map<String, Double> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new Figures(more);
  }

  double get(String key) {
    Double value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no figure '%s' among %s".formatted(key, values));
    }
    return value;
  }

  static Figures parse(String line) {
    Figures figures = none();
    for (String part : line.split(" ", -1)) {
      String[] pair = part.split("=", 2);
      figures = figures.with(pair[0], Double.parseDouble(pair[1]));
    }
    return figures;
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    values.forEach(
        (key, value) ->
            line.append(line.isEmpty() ? "" : " ").append(key).append('=').append(value));
    return line.toString();
  }

  static String rounded(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.4f" : value < 100 ? "%.1f" : "%,.0f", value);
  }
}
