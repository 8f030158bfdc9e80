package io.gympulse.system.prove;

import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.SensorBehaviour;
import io.gympulse.system.rig.Branch;
import io.gympulse.system.rig.RigPlan;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Judges a day that is over: what was stored against what gateways recorded, aggregates against
/// an integration of its own, what members were told against what became free, and, as a report
/// only, what was sensed against the truth.
final class Judge {
  /// How far apart, in real time, two clocks may be read on a busy machine.
  private static final double CLOCK_READING_MILLIS = 50;

  /// What an event may take from a gateway to whoever watches, on an unloaded machine, in real
  /// time.
  private static final double ON_ITS_WAY_MILLIS = 2_000;

  private final List<Branch> branches;
  private final Duration tolerance;
  private final boolean lateIsDue;
  private final PrintStream out;
  private final Failures failures;

  /// @param rate of the processes' clock, times real time
  /// @param lateIsDue whether a link was cut so that a window is computed without its events
  /// @param failures takes every figure that has to be zero
  Judge(List<Branch> branches, double rate, boolean lateIsDue, PrintStream out, Failures failures) {
    this.lateIsDue = lateIsDue;
    this.branches = List.copyOf(branches);
    this.tolerance = Duration.ofMillis(Math.round(CLOCK_READING_MILLIS * rate));
    this.out = out;
    this.failures = failures;
  }

  /// Prints the figures and, as its last line, the result.
  ///
  /// @param database the cloud's, which nobody writes any more
  /// @param evidence what was noted during the day
  void judge(Path database, AlertWatch alerts, Evidence evidence) throws IOException {
    Slowdowns slowdowns = evidence.slowdowns();
    List<Records> byBranch = new ArrayList<>();
    StoredEvents stored = StoredEvents.read(database, plans());
    for (Branch branch : branches) {
      Records ofBranch = Records.read(branch, stored, evidence);
      byBranch.add(ofBranch);
      judgeTimes(ofBranch, stored);
      report(branch, stored.events());
    }
    Delivery delivery = delivery(byBranch, stored);
    cloned(byBranch, evidence);
    out.printf(
        "altered=%d missing=%d coalesced=%d%n",
        delivery.altered(), delivery.missing(), delivery.coalesced());
    Arithmetic arithmetic = arithmetic(database);
    Alerting alerting = alerting(alerts, stored.events(), slowdowns);
    failures.check("nothing_recorded", delivery.recorded() > 0 ? 0 : 1);
    failures.check("lost", delivery.lost());
    failures.check("doubled", delivery.doubled());
    failures.check("altered", delivery.altered());
    failures.check("missing", delivery.missing());
    failures.check("no_known_time", arithmetic.known() > 0 ? 0 : 1);
    failures.check("aggregate_error", arithmetic.errors());
    failures.check("alerts_missed", alerting.missed().size());
    failures.check("alerts_doubled", alerting.doubled());
    int lateErrors = lateErrors(database, evidence);
    int seqErrors = seqErrors(byBranch, stored);
    int gapErrors = gapErrors(stored, evidence);
    String views = views(database, byBranch, stored, evidence);
    out.printf(
        "prove: recorded=%d stored=%d lost=%d doubled=%d aggregate_error=%d"
            + " alerts_missed=%d alerts_doubled=%d alerts_invented=%d gap_error=%d %s seq_error=%d late_error=%d%n",
        delivery.recorded(),
        delivery.stored(),
        delivery.lost(),
        delivery.doubled(),
        arithmetic.errors(),
        alerting.missed().size(),
        alerting.doubled(),
        Baseless.explain(alerting.baseless(), stored.events(), tolerance).invented().size(),
        gapErrors,
        views,
        seqErrors,
        lateErrors);
  }

  private static Delivery delivery(List<Records> byBranch, StoredEvents stored) {
    return Delivery.judge(
            byBranch.stream()
                .flatMap(it -> it.events().stream())
                .map(RecordedEvent::event)
                .toList(),
            stored.events(),
            stored.answeredFor(),
            stored.inHistories())
        .with(
            byBranch.stream().mapToInt(Records::lost).sum(),
            byBranch.stream().mapToInt(Records::doubled).sum());
  }

  /// A copy that ran without its numbers being taken proves nothing.
  private void cloned(List<Records> byBranch, Evidence evidence) {
    for (Records records : byBranch) {
      String gym = records.branch().plan().gym().id().value();
      if (records.identified().isPresent()) {
        Identified identified = records.identified().get();
        out.printf(
            "cloned: gym=%s recorded_by_original=%d recorded_by_copies=%d renamed=%d lost=%d"
                + " doubled=%d unsent=%d absences_left_out=%d%n",
            gym,
            records.recorders().getFirst().size(),
            records.recorders().stream().skip(1).mapToInt(List::size).sum(),
            identified.renamed(),
            identified.lost(),
            identified.doubled(),
            evidence.unsent(),
            evidence.absences().stream()
                .filter(it -> it.gym().equals(gym) && !evidence.leavesGap(it))
                .count());
        failures.check("copies_without_conflict", identified.renamed() > 0 ? 0 : 1);
      }
    }
    failures.check("unsent_by_copies", evidence.unsent());
  }

  private int lateErrors(Path database, Evidence evidence) {
    LateWindows all = LateWindows.NONE;
    for (StoredBins stored : StoredBins.read(database, plans())) {
      all = all.plus(LateWindows.judge(stored, evidence.absences()));
    }
    out.printf(
        "late: windows=%d bins=%d errors=%d%n", all.windows(), all.bins(), all.errors().size());
    all.errors().forEach(it -> out.println("  " + it));
    if (lateIsDue && evidence.slowdowns().mean() < Views.SLOWED) {
      failures.requireJudged("late_windows", all.windows());
    }
    failures.check("late_error", all.errors().size());
    return all.errors().size();
  }

  private int seqErrors(List<Records> byBranch, StoredEvents stored) {
    Set<EventName> names = new HashSet<>(stored.answeredFor());
    stored.events().forEach(it -> names.add(it.name()));
    int errors = 0;
    for (Records records : byBranch) {
      for (int i = 0; i < records.recorders().size(); i++) {
        Sequences sequences = records.sequences(i, names);
        out.printf(
            "sequences: gym=%s%s outboxes=%d surplus=%d reused=%d backwards=%d skipped=%d%n",
            records.branch().plan().gym().id(),
            i == 0 ? "" : " copy=" + i,
            sequences.outboxes(),
            sequences.surplus(),
            sequences.reused(),
            sequences.backwards(),
            sequences.skipped());
        errors += sequences.errors();
      }
    }
    failures.check("seq_error", errors);
    return errors;
  }

  private int gapErrors(StoredEvents stored, Evidence evidence) {
    Gaps all = Gaps.NONE;
    for (FloorPlan plan : plans()) {
      Duration revisable =
          plan.machines().stream()
              .map(AlertWatch::delay)
              .max(Duration::compareTo)
              .orElse(Duration.ZERO);
      all =
          all.plus(
              Gaps.judge(
                  plan.machines().stream().map(it -> it.id().value()).toList(),
                  evidence.absences().stream()
                      .filter(it -> it.cause() == Absence.Cause.DEAD)
                      .filter(it -> it.gym().equals(plan.gym().id().value()))
                      .toList(),
                  evidence::leavesGap,
                  stored.events(),
                  stored.bounded(),
                  new Gaps.Allowance(tolerance, revisable, evidence.slowdowns())));
    }
    out.printf(
        "gaps: judged=%d bounded=%d errors=%d%n", all.judged(), all.bounded(), all.errors().size());
    all.errors().forEach(it -> out.println("  " + it));
    failures.check("gap_error", all.errors().size());
    return all.errors().size();
  }

  private String views(
      Path database, List<Records> byBranch, StoredEvents stored, Evidence evidence) {
    Truth truth =
        Truth.of(
            byBranch.stream().map(Records::events).toList(),
            byBranch.stream().map(Records::seen).toList(),
            stored.events(),
            evidence.end());
    Duration way =
        Duration.ofMillis(
            Math.round(ON_ITS_WAY_MILLIS * tolerance.toMillis() / CLOCK_READING_MILLIS));
    Expectations expectations =
        new Expectations(truth, evidence.disturbances(), evidence.slowdowns(), way, tolerance);
    return new Views(plans(), RigPlan.Timing.PRODUCTION, out, failures)
        .judge(database, evidence, expectations);
  }

  private Alerting alerting(AlertWatch alerts, List<SeenEvent> events, Slowdowns slowdowns) {
    Alerting all = Alerting.NONE;
    for (Map.Entry<Agreement, Alerting> entry : alerts.judge(events, slowdowns).entrySet()) {
      Alerting judged = entry.getValue();
      judged.missed().forEach(it -> out.println("  not told: " + it));
      out.printf(
          "alerts: agreement=%s expected=%d told=%d missed=%d against_it=%d baseless=%d%n",
          entry.getKey().name(),
          judged.expected(),
          judged.told(),
          judged.missed().size(),
          judged.doubled(),
          judged.baseless().size());
      all = all.plus(judged);
    }
    Baseless baseless = Baseless.explain(all.baseless(), events, tolerance);
    out.printf(
        "alerts: baseless over_at_once=%d before_their_events=%d invented=%d%n",
        baseless.overAtOnce(), baseless.beforeTheirEvents(), baseless.invented().size());
    baseless.invented().forEach(it -> out.println("  invented: " + it));
    failures.check("alerts_invented", baseless.invented().size());
    out.printf(
        "alerts: refused_first=%d excused_by_load=%d%n",
        alerts.refused(), alerts.excused(events, slowdowns));
    out.printf(
        "machine: slowed_mean=%.1f slowed_worst=%.1f%n", slowdowns.mean(), slowdowns.worst());
    return all;
  }

  private Arithmetic arithmetic(Path database) {
    Arithmetic all = Arithmetic.NONE;
    for (StoredBins stored : StoredBins.read(database, plans())) {
      Arithmetic ofGym = Arithmetic.judge(stored);
      out.printf(
          "aggregates: gym=%s bins=%d known_machine_hours=%.1f errors=%d%n",
          stored.plan().gym().id(), ofGym.bins(), ofGym.known(), ofGym.errors());
      all = all.plus(ofGym);
    }
    return all;
  }

  private void judgeTimes(Records records, StoredEvents stored) {
    Timing timing =
        Timing.judge(
            records.events(), stored.events(), stored.bounded(), records::bootedAt, tolerance);
    out.printf(
        "times: gym=%s judged=%d bounded=%d mistimed=%d largest_s=%.3f%n",
        records.branch().plan().gym().id(),
        timing.judged(),
        timing.bounded(),
        timing.mistimed(),
        timing.largest().toMillis() / 1000.0);
    failures.check("mistimed", timing.mistimed());
  }

  private void report(Branch branch, List<SeenEvent> stored) throws IOException {
    Map<SensorBehaviour, Timeline.Agreement> sensing =
        Sensing.compare(branch.plan(), branch.truth(), stored);
    sensing.forEach(
        (behaviour, agreement) ->
            out.printf(
                "sensing: gym=%s sensor=%s machine_hours=%.1f wrong_s_per_hour=%.1f"
                    + " unknown_s_per_hour=%.1f%n",
                branch.plan().gym().id(),
                behaviour.wireName(),
                agreement.judged().toSeconds() / 3600.0,
                agreement.wrongSecondsPerHour(),
                agreement.unknownSecondsPerHour()));
  }

  private List<FloorPlan> plans() {
    return branches.stream().map(Branch::plan).toList();
  }
}
