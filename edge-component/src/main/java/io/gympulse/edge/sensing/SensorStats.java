package io.gympulse.edge.sensing;

import io.gympulse.contract.text.UnicodeText;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a source has received of one sensor since it was created. Immutable.
///
/// @param read how many readings it delivered
/// @param ignored how many messages had no reading of the sensor, or an outdated or repeated one
/// @param malformed how many messages could not be read
/// @param lastMessageAt when the last message, of any of these kinds, arrived on the gateway's
///     timeline
/// @param lastValue the sensor's last value as it was received, of at most 100 characters
/// @param lastDefect what was wrong with the last message that could not be read
/// @param seenNames up to 20 names of values that were in messages without the sensor's own, of at
///     most 40 characters each
public record SensorStats(
    long read,
    long ignored,
    long malformed,
    Optional<Instant> lastMessageAt,
    Optional<String> lastValue,
    Optional<String> lastDefect,
    List<String> seenNames) {
  public static final SensorStats NONE =
      new SensorStats(0, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public SensorStats {
    seenNames = List.copyOf(seenNames);
  }

  /// Counts what is received of one sensor. Not thread-safe.
  public static final class Counter {
    private static final int VALUE_CHARS = 100;
    private static final int NAME_CHARS = 40;
    private static final int NAMES = 20;

    private final Set<String> seenNames = new LinkedHashSet<>();
    private long read;
    private long ignored;
    private long malformed;
    private Optional<Instant> lastMessageAt = Optional.empty();
    private Optional<String> lastValue = Optional.empty();
    private Optional<String> lastDefect = Optional.empty();

    public void read(Instant at) {
      read++;
      lastMessageAt = Optional.of(at);
    }

    public void ignored(Instant at) {
      ignored++;
      lastMessageAt = Optional.of(at);
    }

    public void malformed(Instant at, String defect) {
      malformed++;
      lastMessageAt = Optional.of(at);
      lastDefect = Optional.of(defect);
    }

    public void value(String received) {
      lastValue = Optional.of(UnicodeText.abridged(received, VALUE_CHARS));
    }

    /// Remembers the name of a value that is not the sensor's own.
    public void seen(String name) {
      if (seenNames.size() < NAMES) {
        seenNames.add(UnicodeText.abridged(name, NAME_CHARS));
      }
    }

    public SensorStats stats() {
      return new SensorStats(
          read, ignored, malformed, lastMessageAt, lastValue, lastDefect, List.copyOf(seenNames));
    }
  }
}
