package io.gympulse.contract.mqtt;

import io.gympulse.contract.mqtt.ValueLocation.PayloadPointer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which messages of a topic, or which elements of a list in them, are about a sensor. Immutable.
///
/// @param each where a JSON payload holds a list whose elements are read like messages of their
///     own; empty if a message is one reading
/// @param where the values that a message or element about the sensor has, by their place in it;
///     any other is ignored
public record Selection(Optional<PayloadPointer> each, Map<PayloadPointer, PayloadValues> where) {
  /// Every message is about the sensor, and is one reading.
  public static final Selection ALL = new Selection(Optional.empty(), Map.of());

  /// @throws IllegalArgumentException if a place can have no value
  public Selection {
    where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
    where.forEach(
        (pointer, values) -> {
          if (values.isEmpty()) {
            throw new IllegalArgumentException(
                "'where' has no value for '%s'; give at least one".formatted(pointer));
          }
        });
  }

  /// Whether a sensor's messages have to be JSON.
  boolean needsJson() {
    return each.isPresent() || !where.isEmpty();
  }

  /// Whether nothing is about both sensors: they read different lists, or some place would need two
  /// values.
  public boolean isApartFrom(Selection other) {
    return !each.equals(other.each)
        || where.entrySet().stream()
            .anyMatch(
                it -> {
                  PayloadValues values = other.where.get(it.getKey());
                  return values != null && it.getValue().isApartFrom(values);
                });
  }
}
