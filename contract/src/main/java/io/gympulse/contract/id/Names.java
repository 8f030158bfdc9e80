package io.gympulse.contract.id;

import java.util.regex.Pattern;

/// The one form all names share: short enough for every key and safe inside an MQTT topic.
final class Names {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private Names() {}

  static void require(String what, String value) {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s '%s' is not of the form [a-z0-9][a-z0-9-]{0,63}".formatted(what, abridged(value)));
    }
  }

  private static String abridged(String value) {
    return value.length() <= 80 ? value : value.substring(0, 80) + "…";
  }
}
