package io.gympulse.edge.time;

import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Properties;

/// Clocks that go wrong as a file says, for proving that the gateway bears it. The file is read
/// anew each time the wall clock is, and is to be replaced as a whole:
///
/// ```properties
/// boot = first
/// bootedAt = 2026-03-01T11:58:00Z
/// wallOffsetSeconds = -3600
/// synchronised = false
/// ```
///
/// The true time is the process's clock; the wall clock is wrong by the offset.
public final class ScriptedClocks implements BootClock, WallClock {
  private final Path file;
  private final ProcessClock truth;
  private final BootId boot;
  private final Instant bootedAt;

  /// @throws IllegalArgumentException naming what is wrong with the file
  public ScriptedClocks(Path file, ProcessClock truth) {
    this.file = file;
    this.truth = truth;
    Properties script = script();
    this.boot = new BootId(value(script, "boot"));
    try {
      this.bootedAt = Instant.parse(value(script, "bootedAt"));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "clock file %s: bootedAt is no ISO-8601 time".formatted(file), e);
    }
    var _ = read();
  }

  @Override
  public BootId boot() {
    return boot;
  }

  @Override
  public Duration sinceBoot() {
    return Duration.between(bootedAt, truth.instant());
  }

  @Override
  public Reading read() {
    Properties script = script();
    String offset = value(script, "wallOffsetSeconds");
    try {
      return new Reading(
          truth.instant().plusSeconds(Long.parseLong(offset)),
          Boolean.parseBoolean(value(script, "synchronised")));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "clock file %s: wallOffsetSeconds '%s' is no whole number".formatted(file, offset), e);
    }
  }

  private Properties script() {
    Properties script = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      script.load(reader);
      return script;
    } catch (IOException e) {
      throw new IllegalArgumentException("clock file %s cannot be read: %s".formatted(file, e), e);
    }
  }

  private String value(Properties script, String key) {
    String value = script.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("clock file %s: %s is missing".formatted(file, key));
    }
    return value.strip();
  }
}
