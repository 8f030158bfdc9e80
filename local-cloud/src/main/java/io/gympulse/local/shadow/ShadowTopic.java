package io.gympulse.local.shadow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The topic of a request to a named shadow, taken apart.
///
/// @param operation get, update or delete
record ShadowTopic(String thing, String shadow, String operation) {

  private static final Pattern REQUEST =
      Pattern.compile(
          "\\$aws/things/([a-z0-9][a-z0-9-]{0,63})/shadow/name/([$a-zA-Z0-9:_-]{1,64})"
              + "/(get|update|delete)");

  /// Empty for every topic that is not a request to a named shadow, replies included.
  static Optional<ShadowTopic> parse(String topic) {
    Matcher matcher = REQUEST.matcher(topic);
    return matcher.matches()
        ? Optional.of(new ShadowTopic(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  String base() {
    return "$aws/things/" + thing + "/shadow/name/" + shadow + "/";
  }
}
