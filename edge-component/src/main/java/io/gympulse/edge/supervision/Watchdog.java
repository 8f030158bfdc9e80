package io.gympulse.edge.supervision;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Reports progress at each run, unless a thread that the gateway needs has made none since the run
/// before. For one thread.
public final class Watchdog implements Runnable {
  private final Signs signs;
  private final Runnable report;
  private long lastSteps = -1;
  private long lastRequested;

  /// How progress shows. All counts start at 0.
  ///
  /// @param steps of a thread that makes several between two runs
  /// @param requested writes, each of which completes between two runs
  /// @param completed of them
  /// @param mayWait whether writes cannot complete for a reason that a new process does not change,
  ///     such as a full disk
  public record Signs(
      LongSupplier steps,
      LongSupplier requested,
      LongSupplier completed,
      BooleanSupplier mayWait) {}

  /// @param report reports progress
  public Watchdog(Signs signs, Runnable report) {
    this.signs = signs;
    this.report = report;
  }

  @Override
  public void run() {
    long steps = signs.steps().getAsLong();
    boolean written =
        signs.completed().getAsLong() >= lastRequested || signs.mayWait().getAsBoolean();
    if (steps != lastSteps && written) {
      report.run();
    }
    lastSteps = steps;
    lastRequested = signs.requested().getAsLong();
  }
}
