package io.gympulse.cloud.state.aggregate;

import java.time.Duration;
import java.time.Instant;

/// A quarter of an hour, `[start, end)`, counted from 1970 in UTC.
public record Window(Instant start) implements Comparable<Window> {
  public static final Duration LENGTH = Duration.ofMinutes(15);

  public Window {
    if (!floor(start).equals(start)) {
      throw new IllegalArgumentException(
          "%s does not begin a quarter of an hour in UTC".formatted(start));
    }
  }

  /// The window that a moment falls into.
  public static Window of(Instant at) {
    return new Window(floor(at));
  }

  private static Instant floor(Instant at) {
    long length = LENGTH.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), length) * length);
  }

  public Instant end() {
    return start.plus(LENGTH);
  }

  public Window next() {
    return new Window(end());
  }

  @Override
  public int compareTo(Window other) {
    return start.compareTo(other.start);
  }
}
