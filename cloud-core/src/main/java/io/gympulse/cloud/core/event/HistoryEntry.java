package io.gympulse.cloud.core.event;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.message.StatusReport;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// From `at` on, a machine had this status.
///
/// @param summary the coalesced changes before `at`, if there were any
/// @param outbox the gateway's outbox that contained the event; empty for a machine's own report
/// @param seq the event's sequence number in it; 0 for a report
public record HistoryEntry(
    Instant at,
    MachineStatus status,
    Optional<UnknownReason> reason,
    Optional<Summary> summary,
    Optional<OutboxId> outbox,
    long seq) {
  /// The order of histories, the same in every store: by time, number, outbox (as text, reports
  /// first) and status.
  public static final Comparator<HistoryEntry> ORDER =
      Comparator.comparing(HistoryEntry::at)
          .thenComparingLong(HistoryEntry::seq)
          .thenComparing(it -> it.outbox().map(OutboxId::toString).orElse(""))
          .thenComparing(HistoryEntry::status);

  public static HistoryEntry of(OutboxId outbox, MachineEvent event) {
    return new HistoryEntry(
        event.at(),
        event.status(),
        event.reason(),
        event.summary(),
        Optional.of(outbox),
        event.seq().value());
  }

  public static HistoryEntry of(StatusReport report) {
    return new HistoryEntry(
        report.at(), report.status(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }
}
