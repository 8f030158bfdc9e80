package io.gympulse.contract.id;

/// The format that most ids share: short enough for every store's key, and safe as a level of an
/// MQTT topic.
final class IdFormat {
  private static final int LONGEST = 64;

  private IdFormat() {}

  static void require(String what, String value) {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "%s '%s' is not of the form [a-z0-9][a-z0-9-]{0,63}".formatted(what, abridged(value)));
    }
  }

  /// By hand, as a pattern is slower and every decoded event holds a machine id.
  private static boolean isWellFormed(String value) {
    if (value.isEmpty() || value.length() > LONGEST || value.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char it = value.charAt(i);
      if ((it < 'a' || it > 'z') && (it < '0' || it > '9') && it != '-') {
        return false;
      }
    }
    return true;
  }

  private static String abridged(String value) {
    return value.length() <= 80 ? value : value.substring(0, 80) + "…";
  }
}
