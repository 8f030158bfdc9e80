package io.gympulse.edge.configuration;

import io.gympulse.contract.json.JsonCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/// Reads the kinds of values that several keys have: texts, durations, and paths of files.
///
/// The parameter `wanted` says what to give: it completes "give ..".
final class ConfigurationValues {
  private ConfigurationValues() {}

  /// A text that is not blank.
  static String text(JsonCursor<ConfigurationException> key, String wanted)
      throws ConfigurationException {
    if (!key.isPresent()) {
      throw key.missing("give " + wanted);
    }
    String text = key.text(wanted);
    if (text.isBlank()) {
      throw key.expected(wanted);
    }
    return text;
  }

  /// A text, turned into a value by a constructor.
  static <T> T parsed(
      JsonCursor<ConfigurationException> key, String wanted, Function<String, T> constructor)
      throws ConfigurationException {
    String text = text(key, wanted);
    return key.checked(() -> constructor.apply(text));
  }

  static int port(JsonCursor<ConfigurationException> key) throws ConfigurationException {
    return key.integer(1, 65_535);
  }

  /// A number of seconds, with a fraction if need be; `standard` if the key is absent.
  static Duration seconds(
      JsonCursor<ConfigurationException> key, double standard, double least, double most)
      throws ConfigurationException {
    double seconds = key.isPresent() ? key.number() : standard;
    if (seconds < least || seconds > most) {
      throw key.expected(
          "a number of seconds from %.0f to %.0f (%.0f without this key)"
              .formatted(least, most, standard));
    }
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }

  /// A path, relative to the folder of the configuration.
  static Path path(JsonCursor<ConfigurationException> key, Path folder, String wanted)
      throws ConfigurationException {
    return parsed(key, wanted, it -> folder.resolve(it).normalize());
  }

  static Path readableFile(JsonCursor<ConfigurationException> key, Path folder, String wanted)
      throws ConfigurationException {
    Path file = path(key, folder, wanted);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw refused(key, "file %s is not there or not readable; give %s".formatted(file, wanted));
    }
    return file;
  }

  /// The content of a file that holds a secret: one line.
  static String secret(JsonCursor<ConfigurationException> key, Path folder, String wanted)
      throws ConfigurationException {
    Path file = readableFile(key, folder, wanted);
    try {
      String secret = Files.readString(file).strip();
      if (secret.isEmpty() || secret.lines().count() > 1) {
        throw refused(
            key, "file %s does not hold one line; write %s there".formatted(file, wanted));
      }
      return secret;
    } catch (IOException e) {
      throw refused(key, "file %s cannot be read as text: %s".formatted(file, e));
    }
  }

  /// The exception for a text that cannot be used.
  ///
  /// @param remedy why not and what to do, a clause
  static ConfigurationException refused(JsonCursor<ConfigurationException> key, String remedy)
      throws ConfigurationException {
    return key.invalid("found '%s'; %s".formatted(key.text(), remedy));
  }
}
