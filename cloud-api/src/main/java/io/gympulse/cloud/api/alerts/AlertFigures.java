package io.gympulse.cloud.api.alerts;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.LongAdder;

/// How requests for new alerts fared since the process started. Safe for any number of threads.
@Singleton
public final class AlertFigures {
  private final LongAdder made = new LongAdder();
  private final LongAdder ofUser = new LongAdder();
  private final LongAdder ofMachine = new LongAdder();
  private final LongAdder ofSource = new LongAdder();

  /// @param made alerts
  /// @param refusedOfUser since the member had too many
  /// @param refusedOfMachine since too many waited for the machine
  /// @param refusedOfSource since too many came from one address
  public record Counts(
      long made, long refusedOfUser, long refusedOfMachine, long refusedOfSource) {}

  public Counts counts() {
    return new Counts(made.sum(), ofUser.sum(), ofMachine.sum(), ofSource.sum());
  }

  void addMade() {
    made.increment();
  }

  void addRefusedOfUser() {
    ofUser.increment();
  }

  void addRefusedOfMachine() {
    ofMachine.increment();
  }

  void addRefusedOfSource() {
    ofSource.increment();
  }
}
