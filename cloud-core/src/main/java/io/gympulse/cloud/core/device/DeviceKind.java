package io.gympulse.cloud.core.device;

import java.util.Comparator;

/// What is counted: a type of device in a state. Both are 1 to 64 characters without control
/// characters, without `#` and without whitespace at either end; case-sensitive.
public record DeviceKind(String type, String state) implements Comparable<DeviceKind> {
  private static final int MAX_CHARS = 64;
  private static final Comparator<DeviceKind> ORDER =
      Comparator.comparing(DeviceKind::type).thenComparing(DeviceKind::state);

  public DeviceKind {
    requireWord("type", type);
    requireWord("state", state);
  }

  /// Validates one of the two.
  ///
  /// @throws IllegalArgumentException with the reason, without the field's name
  public static String word(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "1 to %d characters are needed, not %d".formatted(MAX_CHARS, text.length()));
    }
    if (!text.equals(text.strip())) {
      throw new IllegalArgumentException("remove the space at its start or end");
    }
    if (text.indexOf('#') >= 0 || text.codePoints().anyMatch(DeviceKind::unprintable)) {
      throw new IllegalArgumentException("remove '#', control characters and halves of characters");
    }
    return text;
  }

  /// A lone surrogate cannot be encoded as UTF-8.
  private static boolean unprintable(int point) {
    return Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
  }

  private static void requireWord(String name, String text) {
    try {
      word(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /// By type, then by state.
  @Override
  public int compareTo(DeviceKind other) {
    return ORDER.compare(this, other);
  }

  /// `type#state`, unique per kind.
  @Override
  public String toString() {
    return type + "#" + state;
  }
}
