package io.gympulse.contract.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Whether a batch holds current events or earlier ones that were delayed. The kind affects how
/// soon a batch is acknowledged and whether it fires alerts, never what is stored.
public enum BatchKind {
  LIVE,
  BACKLOG;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// The name used in messages, files and the API.
  public String wireName() {
    return wireName;
  }

  public static Optional<BatchKind> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
