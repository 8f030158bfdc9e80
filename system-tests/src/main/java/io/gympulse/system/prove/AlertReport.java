package io.gympulse.system.prove;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Prints and checks the figures of members' notifications.
final class AlertReport {
  private final Duration tolerance;
  private final PrintStream out;
  private final Failures failures;

  /// @param tolerance the largest difference of two readings of the clock
  AlertReport(Duration tolerance, PrintStream out, Failures failures) {
    this.tolerance = tolerance;
    this.out = out;
    this.failures = failures;
  }

  /// @param missed free periods that had to be notified and were not
  /// @param doubled notifications that violate the subscription terms
  /// @param invented notifications of free periods that never began
  record Figures(int missed, int doubled, int invented) {}

  Figures print(AlertSubscriptions alerts, List<ObservedEvent> events, Slowdowns slowdowns) {
    NotificationCheck all = NotificationCheck.NONE;
    for (Map.Entry<SubscriptionTerms, NotificationCheck> entry :
        alerts.check(events, slowdowns).entrySet()) {
      NotificationCheck check = entry.getValue();
      check.missed().forEach(it -> out.println("  not notified: " + it));
      out.printf(
          "alerts: terms=%s expected=%d notified=%d missed=%d violations=%d spurious=%d%n",
          entry.getKey().name(),
          check.expected(),
          check.notified(),
          check.missed().size(),
          check.doubled(),
          check.spurious().size());
      all = all.plus(check);
    }
    SpuriousNotifications spurious =
        SpuriousNotifications.explain(all.spurious(), events, tolerance);
    out.printf(
        "alerts: spurious ended_immediately=%d before_events=%d invented=%d%n",
        spurious.endedImmediately(), spurious.beforeEvents(), spurious.invented().size());
    spurious.invented().forEach(it -> out.println("  invented: " + it));
    out.printf(
        "alerts: refused_first=%d excused_by_load=%d%n",
        alerts.refusedCount(), alerts.excusedByLoad(events, slowdowns));
    failures.check("alerts_missed", all.missed().size());
    failures.check("alerts_doubled", all.doubled());
    failures.check("alerts_invented", spurious.invented().size());
    return new Figures(all.missed().size(), all.doubled(), spurious.invented().size());
  }
}
