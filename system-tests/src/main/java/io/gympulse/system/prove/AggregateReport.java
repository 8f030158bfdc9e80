package io.gympulse.system.prove;

import java.io.PrintStream;
import java.util.List;

/// Prints and checks the figures of stored aggregates, those of late windows included.
final class AggregateReport {
  private final boolean lateWindowIsDue;
  private final PrintStream out;
  private final Failures failures;

  /// @param lateWindowIsDue whether a link was cut so that a window is computed without its
  ///     events
  AggregateReport(boolean lateWindowIsDue, PrintStream out, Failures failures) {
    this.lateWindowIsDue = lateWindowIsDue;
    this.out = out;
    this.failures = failures;
  }

  /// @param errors bins that differ from the reference
  /// @param lateErrors those in late windows
  record Figures(int errors, int lateErrors) {}

  Figures print(List<StoredAggregates> stored, Observations observations) {
    AggregateCheck all = AggregateCheck.NONE;
    LateWindowCheck late = LateWindowCheck.NONE;
    for (StoredAggregates ofGym : stored) {
      AggregateCheck check = AggregateCheck.check(ofGym);
      out.printf(
          "aggregates: gym=%s bins=%d known_machine_hours=%.1f errors=%d%n",
          ofGym.plan().gym().id(), check.bins(), check.known(), check.errors());
      all = all.plus(check);
      late = late.plus(LateWindowCheck.check(ofGym, observations.downtimes()));
    }
    failures.check("no_known_time", all.known() > 0 ? 0 : 1);
    failures.check("aggregate_error", all.errors());
    out.printf(
        "late: windows=%d bins=%d errors=%d%n", late.windows(), late.bins(), late.errors().size());
    late.errors().forEach(it -> out.println("  " + it));
    if (lateWindowIsDue && !observations.slowdowns().excusesAll()) {
      failures.requireChecked("late_windows", late.windows());
    }
    failures.check("late_error", late.errors().size());
    return new Figures(all.errors(), late.errors().size());
  }
}
