package io.gympulse.edge.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The value of one key, or its absence. Errors name the key with its full path.
final class Setting {
  private final String key;
  private final Optional<JsonNode> value;

  private Setting(String key, Optional<JsonNode> value) {
    this.key = key;
    this.value = value;
  }

  static Setting root(JsonNode node) {
    return new Setting("", Optional.of(node));
  }

  void allow(String... names) throws ConfigurationException {
    JsonNode node = require("an object");
    if (!node.isObject()) {
      throw refused("give an object { .. }");
    }
    List<String> known = List.of(names);
    for (String name : (Iterable<String>) node::fieldNames) {
      if (!known.contains(name)) {
        throw new ConfigurationException(
            "key '%s' is not known; remove it, or use one of %s".formatted(path(name), known));
      }
    }
  }

  Setting child(String name) throws ConfigurationException {
    return new Setting(path(name), value.map(it -> it.get(name)));
  }

  boolean isPresent() {
    return value.isPresent();
  }

  String text(String wanted) throws ConfigurationException {
    JsonNode node = require(wanted);
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw refused("give " + wanted);
    }
    return node.textValue();
  }

  <T> T parsed(String wanted, Function<String, T> constructor) throws ConfigurationException {
    String text = text(wanted);
    try {
      return constructor.apply(text);
    } catch (IllegalArgumentException e) {
      throw refused("%s; give %s".formatted(e.getMessage(), wanted));
    }
  }

  /// One of several names; the first one if the key is absent.
  <T> T named(Function<String, Optional<T>> lookup, String standard, String... others)
      throws ConfigurationException {
    String name = value.isEmpty() ? standard : text("'" + standard + "'");
    Optional<T> found = lookup.apply(name);
    if (found.isEmpty()) {
      throw refused(
          "give '%s' or '%s', or remove it for the first"
              .formatted(standard, String.join("' or '", others)));
    }
    return found.get();
  }

  int port() throws ConfigurationException {
    String wanted = "a port from 1 to 65535";
    JsonNode node = require(wanted);
    if (!node.isIntegralNumber() || node.longValue() < 1 || node.longValue() > 65_535) {
      throw refused("give " + wanted);
    }
    return node.intValue();
  }

  Duration seconds(double standard, double least, double most) throws ConfigurationException {
    if (value.isEmpty()) {
      return Duration.ofMillis(Math.round(standard * 1000));
    }
    JsonNode node = value.get();
    double seconds = node.doubleValue();
    if (!node.isNumber() || seconds < least || seconds > most) {
      throw refused(
          "give a number of seconds from %.0f to %.0f, or remove it for %.0f"
              .formatted(least, most, standard));
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /// A path, relative to the folder of the configuration.
  Path path(Path folder, String wanted) throws ConfigurationException {
    return folder.resolve(text(wanted)).normalize();
  }

  Path readableFile(Path folder, String wanted) throws ConfigurationException {
    Path file = path(folder, wanted);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw refused("file %s is not there or not readable; give %s".formatted(file, wanted));
    }
    return file;
  }

  /// The content of a file that holds a secret: one line.
  String secret(Path folder, String wanted) throws ConfigurationException {
    Path file = readableFile(folder, wanted);
    try {
      String secret = Files.readString(file).strip();
      if (secret.isEmpty() || secret.lines().count() > 1) {
        throw refused("file %s does not hold one line; write %s there".formatted(file, wanted));
      }
      return secret;
    } catch (IOException e) {
      throw refused("file %s cannot be read as text: %s".formatted(file, e));
    }
  }

  List<Setting> elements() throws ConfigurationException {
    JsonNode node = require("a list");
    if (!node.isArray()) {
      throw refused("give a list [ .. ]");
    }
    return node.valueStream().map(it -> new Setting(key, Optional.of(it))).toList();
  }

  ConfigurationException refused(String remedy) {
    String found = value.map(it -> "found " + it).orElse("is missing");
    return new ConfigurationException("key '%s': %s; %s".formatted(key, found, remedy));
  }

  private JsonNode require(String wanted) throws ConfigurationException {
    if (value.isEmpty() || value.get().isNull()) {
      throw new ConfigurationException("key '%s' is missing; give %s".formatted(key, wanted));
    }
    return value.get();
  }

  private String path(String name) {
    return key.isEmpty() ? name : key + "." + name;
  }
}
