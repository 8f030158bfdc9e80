package io.gympulse.cloud.core.count;

import java.util.Comparator;

/// What is counted: a type of device in a state. Both are 1 to 64 characters without control
/// characters, without `#` and without space at either end; case matters.
public record DeviceKind(String type, String state) implements Comparable<DeviceKind> {
  private static final int MAX_CHARS = 64;
  private static final Comparator<DeviceKind> ORDER =
      Comparator.comparing(DeviceKind::type).thenComparing(DeviceKind::state);

  public DeviceKind {
    requireWord("type", type);
    requireWord("state", state);
  }

  /// Checks one of the two words.
  ///
  /// @throws IllegalArgumentException saying what is wrong with it, without naming it
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

  /// A half of a surrogate pair is no text and cannot be stored as such.
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

  /// `type#state`, which no other kind has.
  @Override
  public String toString() {
    return type + "#" + state;
  }
}
