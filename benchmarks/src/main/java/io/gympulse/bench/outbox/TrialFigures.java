package io.gympulse.bench.outbox;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The figures of one trial, with a text form of `key=value` in one line.
record TrialFigures(Map<String, Double> values) {

  static TrialFigures none() {
    return new TrialFigures(Map.of());
  }

  TrialFigures with(String key, double value) {
    Map<String, Double> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new TrialFigures(more);
  }

  double get(String key) {
    Double value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no figure '%s' among %s".formatted(key, values));
    }
    return value;
  }

  static TrialFigures parse(String line) {
    TrialFigures figures = none();
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
