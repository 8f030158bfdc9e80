package io.gympulse.bench.cost;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;

/// The dated table of list prices in `prices.properties`.
final class Prices {
  private static final String FILE = "prices.properties";
  private static final double MILLION = 1e6;

  private final Properties table = new Properties();

  Prices() throws IOException {
    try (InputStream file = Objects.requireNonNull(Prices.class.getResourceAsStream(FILE), FILE)) {
      table.load(file);
    }
  }

  /// The region and date of the prices.
  String valid() {
    return "%s, %s".formatted(text("region"), text("date"));
  }

  /// Dollars for a number of units that are priced per million.
  double of(String thing, double count) {
    return count * price(thing) / MILLION;
  }

  /// The price of one entry of the table.
  double price(String thing) {
    return Double.parseDouble(text(thing));
  }

  private String text(String key) {
    return Objects.requireNonNull(table.getProperty(key), key).strip();
  }
}
