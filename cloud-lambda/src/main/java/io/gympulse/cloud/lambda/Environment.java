package io.gympulse.cloud.lambda;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A function's environment variables. Messages never contain their values, since some are secret.
record Environment(Map<String, String> variables) {

  static Environment ofProcess() {
    return new Environment(System.getenv());
  }

  /// @throws IllegalStateException naming the variable if it is missing or blank; Lambda reports it
  ///     as an error of the function's initialisation
  String required(String name) {
    return optional(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the environment variable %s is missing; set it on the function"
                        .formatted(name)));
  }

  /// @throws IllegalStateException naming the variable if it is missing or not an absolute URI
  URI requiredUri(String name) {
    try {
      URI uri = new URI(required(name));
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Not kept as a cause: its message quotes the value.
    }
    throw new IllegalStateException(
        "the environment variable %s is to be an address such as https://host/path"
            .formatted(name));
  }

  /// False if missing or blank.
  ///
  /// @throws IllegalStateException naming the variable if it is neither true nor false
  boolean flag(String name) {
    return switch (optional(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalStateException(
              "the environment variable %s is to be true or false".formatted(name));
    };
  }

  /// Empty if missing or blank.
  Optional<String> optional(String name) {
    @Nullable String value = variables.get(name);
    return Optional.ofNullable(value).filter(it -> !it.isBlank());
  }
}
