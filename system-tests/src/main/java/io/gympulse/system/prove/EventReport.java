package io.gympulse.system.prove;

import io.gympulse.contract.floorplan.FloorPlan;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Prints and checks the figures of stored events: timestamps, delivery, clones, sequence numbers
/// and gaps.
final class EventReport {
  private final Duration tolerance;
  private final PrintStream out;
  private final Failures failures;

  /// @param tolerance the largest difference of two readings of the clock
  EventReport(Duration tolerance, PrintStream out, Failures failures) {
    this.tolerance = tolerance;
    this.out = out;
    this.failures = failures;
  }

  record Figures(DeliveryCheck delivery, int sequenceErrors, int gapErrors) {}

  Figures print(List<GymRecords> records, StoredEvents stored, Observations observations) {
    for (GymRecords ofGym : records) {
      checkTimestamps(ofGym, stored);
    }
    DeliveryCheck delivery = checkDelivery(records, stored);
    checkClones(records, observations);
    return new Figures(
        delivery, checkSequences(records, stored), checkGaps(records, stored, observations));
  }

  private void checkTimestamps(GymRecords records, StoredEvents stored) {
    TimestampCheck check =
        TimestampCheck.check(
            records.events(), stored.events(), stored.bounded(), records::bootedAt, tolerance);
    out.printf(
        "times: gym=%s checked=%d bounded=%d mistimed=%d largest_s=%.3f%n",
        records.gym().gymId(),
        check.checked(),
        check.bounded(),
        check.mistimed(),
        check.largest().toMillis() / 1000.0);
    failures.check("mistimed", check.mistimed());
  }

  private DeliveryCheck checkDelivery(List<GymRecords> records, StoredEvents stored) {
    DeliveryCheck delivery =
        DeliveryCheck.check(
                records.stream()
                    .flatMap(it -> it.events().stream())
                    .map(RecordedEvent::event)
                    .toList(),
                stored.events(),
                stored.coalescedIds(),
                stored.historyEntries())
            .with(
                records.stream().mapToInt(GymRecords::lost).sum(),
                records.stream().mapToInt(GymRecords::doubled).sum());
    out.printf(
        "altered=%d missing=%d coalesced=%d%n",
        delivery.altered(), delivery.missing(), delivery.coalesced());
    failures.check("nothing_recorded", delivery.recorded() > 0 ? 0 : 1);
    failures.check("lost", delivery.lost());
    failures.check("doubled", delivery.doubled());
    failures.check("altered", delivery.altered());
    failures.check("missing", delivery.missing());
    return delivery;
  }

  /// A clone that caused no conflict of sequence numbers has tested nothing.
  private void checkClones(List<GymRecords> records, Observations observations) {
    for (GymRecords ofGym : records) {
      String gym = ofGym.gym().gymId();
      if (ofGym.matching().isPresent()) {
        EventMatching matching = ofGym.matching().get();
        out.printf(
            "cloned: gym=%s recorded_by_original=%d recorded_by_clones=%d renumbered=%d lost=%d"
                + " doubled=%d unsent=%d downtimes_skipped=%d%n",
            gym,
            ofGym.byGateway().getFirst().size(),
            ofGym.byGateway().stream().skip(1).mapToInt(List::size).sum(),
            matching.renumbered(),
            matching.lost(),
            matching.doubled(),
            observations.unsentByClones(),
            observations.downtimes().stream()
                .filter(it -> it.gym().equals(gym) && !observations.mustLeaveGap(it))
                .count());
        failures.check("clones_without_conflict", matching.renumbered() > 0 ? 0 : 1);
      }
    }
    failures.check("unsent_by_clones", observations.unsentByClones());
  }

  private int checkSequences(List<GymRecords> records, StoredEvents stored) {
    Set<ObservedEvent.Id> ids = new HashSet<>(stored.coalescedIds());
    stored.events().forEach(it -> ids.add(it.id()));
    int errors = 0;
    for (GymRecords ofGym : records) {
      for (int i = 0; i < ofGym.byGateway().size(); i++) {
        SequenceCheck check = ofGym.checkSequences(i, ids);
        out.printf(
            "sequences: gym=%s%s outboxes=%d surplus=%d reused=%d backwards=%d skipped=%d%n",
            ofGym.gym().gymId(),
            i == 0 ? "" : " clone=" + i,
            check.outboxes(),
            check.surplus(),
            check.reused(),
            check.backwards(),
            check.skipped());
        errors += check.errors();
      }
    }
    failures.check("seq_error", errors);
    return errors;
  }

  private int checkGaps(List<GymRecords> records, StoredEvents stored, Observations observations) {
    GapCheck all = GapCheck.NONE;
    for (GymRecords ofGym : records) {
      FloorPlan plan = ofGym.gym().floorPlan();
      Duration revisable =
          plan.machines().stream()
              .map(AlertSubscriptions::detectionDelay)
              .max(Duration::compareTo)
              .orElse(Duration.ZERO);
      all =
          all.plus(
              GapCheck.check(
                  plan.machines().stream().map(it -> it.id().value()).toList(),
                  observations.downtimes().stream()
                      .filter(it -> it.cause() == Downtime.Cause.PROCESS_DOWN)
                      .filter(it -> it.gym().equals(ofGym.gym().gymId()))
                      .toList(),
                  observations::mustLeaveGap,
                  stored.events(),
                  stored.bounded(),
                  new GapCheck.Tolerance(tolerance, revisable, observations.slowdowns())));
    }
    out.printf(
        "gaps: checked=%d bounded=%d errors=%d%n",
        all.checked(), all.bounded(), all.errors().size());
    all.errors().forEach(it -> out.println("  " + it));
    failures.check("gap_error", all.errors().size());
    return all.errors().size();
  }
}
