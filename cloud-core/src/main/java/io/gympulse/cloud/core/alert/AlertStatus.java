package io.gympulse.cloud.core.alert;

import java.util.Locale;

/// Where an alert stands. Only an active one fires; it never comes back from expired or cancelled.
public enum AlertStatus {
  ACTIVE,
  FIRED,
  EXPIRED,
  CANCELLED;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name used in stores and in the API.
  public String wireName() {
    return wireName;
  }
}
