package io.gympulse.system.prove;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.system.environment.EnvironmentConfig;
import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.sensing.SensingLimits;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs all checks after a run and prints their figures: stored against recorded events,
/// aggregates against a reference computation, notifications against free periods, and what
/// clients were shown against the recorded events, and the stored occupancy against the
/// simulator's truth.
final class RunReport {
  /// The largest difference of two readings of the clock on a busy machine; real time.
  private static final double CLOCK_READING_MILLIS = 50;

  /// The longest time from a gateway to API or WebSocket on an unloaded machine; real time.
  private static final double DELIVERY_MILLIS = 2_000;

  private final List<GymProcesses> gyms;
  private final List<FloorPlan> plans;
  private final Conditions conditions;
  private final PrintStream out;
  private final Failures failures;

  /// What the figures depend on.
  ///
  /// @param rate of the processes' clock, times real time
  /// @param lateWindowIsDue whether a link was cut so that a window is computed without its
  ///     events
  record Conditions(double rate, boolean lateWindowIsDue, SensingLimits sensing) {}

  /// @param failures takes every figure that must be zero
  RunReport(List<GymProcesses> gyms, Conditions conditions, PrintStream out, Failures failures) {
    this.gyms = List.copyOf(gyms);
    this.plans = gyms.stream().map(GymProcesses::floorPlan).toList();
    this.conditions = conditions;
    this.out = out;
    this.failures = failures;
  }

  /// Prints the figures, with the result as last line.
  ///
  /// @param database of the cloud, which must have ended
  void print(Path database, AlertSubscriptions alerts, Observations observations)
      throws IOException {
    Duration tolerance = scaled(CLOCK_READING_MILLIS);
    Slowdowns slowdowns = observations.slowdowns();
    StoredEvents stored = StoredEvents.read(database, plans);
    List<GymRecords> records = new ArrayList<>();
    for (GymProcesses gym : gyms) {
      records.add(GymRecords.read(gym, stored, observations));
    }
    EventReport.Figures events =
        new EventReport(tolerance, out, failures).print(records, stored, observations);
    new SensingReport(conditions.sensing(), out, failures).print(gyms, stored.events());
    AggregateReport.Figures aggregates =
        new AggregateReport(conditions.lateWindowIsDue(), out, failures)
            .print(StoredAggregates.read(database, plans), observations);
    AlertReport.Figures notifications =
        new AlertReport(tolerance, out, failures).print(alerts, stored.events(), slowdowns);
    out.printf(
        "machine: slowed_mean=%.1f slowed_worst=%.1f%n", slowdowns.mean(), slowdowns.worst());
    Expectations expectations =
        new Expectations(
            RecordedHistory.of(
                records.stream().map(GymRecords::events).toList(),
                records.stream().map(GymRecords::firstSeen).toList(),
                stored.events(),
                observations.end()),
            observations.disruptions(),
            slowdowns,
            scaled(DELIVERY_MILLIS),
            tolerance);
    String views =
        new LiveViewReport(plans, EnvironmentConfig.Timing.PRODUCTION, out, failures)
            .print(database, observations, expectations);
    out.printf(
        "prove: recorded=%d stored=%d lost=%d doubled=%d aggregate_error=%d alerts_missed=%d"
            + " alerts_doubled=%d alerts_invented=%d gap_error=%d %s seq_error=%d late_error=%d%n",
        events.delivery().recorded(),
        events.delivery().stored(),
        events.delivery().lost(),
        events.delivery().doubled(),
        aggregates.errors(),
        notifications.missed(),
        notifications.doubled(),
        notifications.invented(),
        events.gapErrors(),
        views,
        events.sequenceErrors(),
        aggregates.lateErrors());
  }

  private Duration scaled(double realMillis) {
    return Duration.ofMillis(Math.round(realMillis * conditions.rate()));
  }
}
