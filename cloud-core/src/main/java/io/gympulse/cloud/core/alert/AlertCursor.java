package io.gympulse.cloud.core.alert;

import io.gympulse.cloud.core.alert.AlertProgress.AlertStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/// The position of an alert in its member's list: active ones first, then the newest.
public record AlertCursor(boolean active, Instant createdAt, AlertId id)
    implements Comparable<AlertCursor> {
  private static final Comparator<AlertCursor> ORDER =
      Comparator.comparing(AlertCursor::active)
          .thenComparing(AlertCursor::createdAt)
          .thenComparing(it -> it.id().toString())
          .reversed();

  public static AlertCursor of(Alert alert) {
    return new AlertCursor(alert.status() == AlertStatus.ACTIVE, alert.createdAt(), alert.id());
  }

  /// As a text whose order is the reverse of this one's: `1` or `0`, the creation in epoch
  /// milliseconds with 19 digits, and the id, separated by full stops.
  public String text() {
    return String.format(Locale.ROOT, "%d.%019d.%s", active ? 1 : 0, createdAt.toEpochMilli(), id);
  }

  /// @throws IllegalArgumentException if the text is not a cursor
  public static AlertCursor parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || !parts[0].matches("[01]") || !parts[1].matches("\\d{19}")) {
      throw new IllegalArgumentException("names no place in the list of alerts");
    }
    try {
      return new AlertCursor(
          parts[0].equals("1"),
          Instant.ofEpochMilli(Long.parseLong(parts[1])),
          AlertId.of(parts[2]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("names no place in the list of alerts", e);
    }
  }

  @Override
  public int compareTo(AlertCursor other) {
    return ORDER.compare(this, other);
  }
}
