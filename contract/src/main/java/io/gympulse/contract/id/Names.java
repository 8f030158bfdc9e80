package io.gympulse.contract.id;

/// The one form all names share: short enough for every key and safe inside an MQTT topic.
final class Names {
  private static final int LONGEST = 64;

  private Names() {}

  static void require(String what, String value) {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "%s '%s' is not of the form [a-z0-9][a-z0-9-]{0,63}".formatted(what, abridged(value)));
    }
  }

  /// By hand, not by a pattern: every event that is decoded names a machine.
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
