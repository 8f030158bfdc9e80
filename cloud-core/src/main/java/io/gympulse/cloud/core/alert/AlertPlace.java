package io.gympulse.cloud.core.alert;

import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/// Where an alert stands in its member's list: active ones first, then the newest.
public record AlertPlace(boolean active, Instant createdAt, AlertId id)
    implements Comparable<AlertPlace> {
  private static final Comparator<AlertPlace> ORDER =
      Comparator.comparing(AlertPlace::active)
          .thenComparing(AlertPlace::createdAt)
          .thenComparing(it -> it.id().toString())
          .reversed();

  public static AlertPlace of(Alert alert) {
    return new AlertPlace(alert.status() == AlertStatus.ACTIVE, alert.createdAt(), alert.id());
  }

  /// As a text that sorts like the place, the other way round: `1` or `0`, the creation in epoch
  /// milliseconds with 19 digits, and the id, with full stops between.
  public String text() {
    return String.format(Locale.ROOT, "%d.%019d.%s", active ? 1 : 0, createdAt.toEpochMilli(), id);
  }

  /// @throws IllegalArgumentException if the text names no place
  public static AlertPlace parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || !parts[0].matches("[01]") || !parts[1].matches("\\d{19}")) {
      throw new IllegalArgumentException("names no place in the list of alerts");
    }
    try {
      return new AlertPlace(
          parts[0].equals("1"),
          Instant.ofEpochMilli(Long.parseLong(parts[1])),
          AlertId.of(parts[2]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("names no place in the list of alerts", e);
    }
  }

  @Override
  public int compareTo(AlertPlace other) {
    return ORDER.compare(this, other);
  }
}
