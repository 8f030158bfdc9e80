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

/// Clocks whose faults a file specifies, to test the gateway. The file is read each time the wall
/// clock is, so it has to be replaced atomically:
///
/// ```properties
/// boot = first
/// bootedAt = 2026-03-01T11:58:00Z
/// wallOffsetSeconds = -3600
/// synchronised = false
/// ```
///
/// The true time is the process's clock; the wall clock is wrong by the offset.
public final class ScriptedClocks implements MachineClocks {
  private final Path file;
  private final ProcessClock trueClock;
  private final BootId boot;
  private final Instant bootedAt;

  /// @throws IllegalArgumentException if the file is invalid; the message says where
  public ScriptedClocks(Path file, ProcessClock trueClock) {
    this.file = file;
    this.trueClock = trueClock;
    Properties script = script();
    this.boot = new BootId(value(script, "boot"));
    try {
      this.bootedAt = Instant.parse(value(script, "bootedAt"));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "clock file %s: bootedAt is not an ISO-8601 time".formatted(file), e);
    }
    var _ = readWall();
  }

  @Override
  public BootId boot() {
    return boot;
  }

  @Override
  public Duration sinceBoot() {
    return Duration.between(bootedAt, trueClock.instant());
  }

  @Override
  public WallReading readWall() {
    Properties script = script();
    String offset = value(script, "wallOffsetSeconds");
    try {
      return new WallReading(
          trueClock.instant().plusSeconds(Long.parseLong(offset)),
          Boolean.parseBoolean(value(script, "synchronised")));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "clock file %s: wallOffsetSeconds '%s' is not an integer".formatted(file, offset), e);
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
