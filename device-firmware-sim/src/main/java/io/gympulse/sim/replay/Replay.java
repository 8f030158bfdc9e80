package io.gympulse.sim.replay;

import io.gympulse.sim.format.DeviceMessages.Publication;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// Plays a trace in the order of its lines, with the gaps between their times divided by the speed.
/// A message whose time is before that of an earlier line is published at once. Reads line by line,
/// so a trace may have any length. Not thread-safe.
public final class Replay {

  /// Waits; returns false if the replay should end instead.
  @FunctionalInterface
  public interface Pause {
    boolean waitFor(Duration gap) throws InterruptedException;
  }

  /// The number of messages published and of lines skipped.
  public record Counts(long published, long malformed) {}

  /// Longer gaps, which may exceed the range of nanoseconds, are cut to this.
  private static final Duration MAX_GAP = Duration.ofDays(36_500);

  private final double speed;
  private final Pause pause;
  private final Consumer<Publication> publish;
  private final Consumer<TraceLine.Malformed> report;
  private long published;
  private long malformed;
  private Optional<Instant> latest = Optional.empty();

  /// @param speed how many times faster than recorded, more than 0
  /// @param report called for each malformed line, which is skipped
  public Replay(
      double speed,
      Pause pause,
      Consumer<Publication> publish,
      Consumer<TraceLine.Malformed> report) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed must be more than 0, but is " + speed);
    }
    this.speed = speed;
    this.pause = pause;
    this.publish = publish;
    this.report = report;
  }

  /// Plays to the end of the trace, or until a pause returns false.
  ///
  /// @throws IOException if the trace cannot be read further
  public Counts play(BufferedReader trace) throws IOException, InterruptedException {
    long number = 0;
    for (String line = trace.readLine(); line != null; line = trace.readLine()) {
      number++;
      switch (TraceLine.parse(number, line)) {
        case TraceLine.Blank blank -> {}
        case TraceLine.Malformed skipped -> {
          malformed++;
          report.accept(skipped);
        }
        case TraceLine.Message message -> {
          if (!pause.waitFor(gapBefore(message.at()))) {
            return new Counts(published, malformed);
          }
          publish.accept(new Publication(message.topic(), message.payload(), false));
          published++;
        }
      }
    }
    return new Counts(published, malformed);
  }

  private Duration gapBefore(Instant at) {
    Instant previous = latest.orElse(at);
    if (latest.isEmpty() || at.isAfter(previous)) {
      latest = Optional.of(at);
    }
    Duration recorded = Duration.between(previous, at);
    if (recorded.isNegative()) {
      return Duration.ZERO;
    }
    long nanos = recorded.compareTo(MAX_GAP) > 0 ? MAX_GAP.toNanos() : recorded.toNanos();
    return Duration.ofNanos(Math.round(nanos / speed));
  }
}
