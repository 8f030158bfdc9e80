package io.gympulse.contract.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Whether a batch carries the present or fills in the past. It decides urgency and alerts, never
/// what is stored.
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
