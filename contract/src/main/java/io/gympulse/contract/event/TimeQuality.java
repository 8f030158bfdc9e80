package io.gympulse.contract.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How an event's time was determined: stamped on a synchronised clock, corrected once the clock
/// was synchronised, or only bounded by the times of its neighbours.
public enum TimeQuality {
  SYNCED,
  CORRECTED,
  BOUNDED;

  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /// The name used in messages, files and the API.
  public String wireName() {
    return wireName;
  }

  public static Optional<TimeQuality> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
