package io.gympulse.cloud.lambda;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A function's environment variables. Their values are never part of a message: some are secret.
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

  /// Empty if missing or blank.
  Optional<String> optional(String name) {
    @Nullable String value = variables.get(name);
    return Optional.ofNullable(value).filter(it -> !it.isBlank());
  }
}
