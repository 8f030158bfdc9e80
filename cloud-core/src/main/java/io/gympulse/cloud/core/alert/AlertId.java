package io.gympulse.cloud.core.alert;

import java.util.UUID;

/// The globally unique id of an alert.
public record AlertId(UUID value) {
  public static AlertId random() {
    return new AlertId(UUID.randomUUID());
  }

  /// @throws IllegalArgumentException if the text is not a UUID
  public static AlertId of(String text) {
    try {
      return new AlertId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("an alert's id is a UUID", e);
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
