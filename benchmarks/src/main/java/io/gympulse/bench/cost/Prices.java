package io.gympulse.bench.cost;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;

/// A table of list prices with its date; it stands in a file beside this class.
final class Prices {
  private static final String FILE = "prices.properties";
  private static final double MILLION = 1e6;

  private final Properties table = new Properties();

  Prices() throws IOException {
    try (InputStream file = Objects.requireNonNull(Prices.class.getResourceAsStream(FILE), FILE)) {
      table.load(file);
    }
  }

  /// Where and when they were valid.
  String valid() {
    return "%s, %s".formatted(text("region"), text("date"));
  }

  /// Dollars for a number of things that are priced by the million.
  double of(String thing, double count) {
    return count * price(thing) / MILLION;
  }

  /// Dollars for one.
  double price(String thing) {
    return Double.parseDouble(text(thing));
  }

  private String text(String key) {
    return Objects.requireNonNull(table.getProperty(key), key).strip();
  }
}
