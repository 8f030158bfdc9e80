package io.gympulse.contract.event;

import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A change of a machine's status. The outbox's id and the sequence number together are the event's
/// identity; everything else is final before the first send.
///
/// @param reason present only if the status is unknown
/// @param at when the status changed, in whole milliseconds (finer parts are cut off)
/// @param summary present if the event also stands for coalesced events
public record MachineEvent(
    Sequence seq,
    MachineId machine,
    MachineStatus status,
    Optional<UnknownReason> reason,
    Instant at,
    TimeQuality quality,
    Optional<Summary> summary) {
  public MachineEvent {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    if (reason.isPresent() && status != MachineStatus.UNKNOWN) {
      throw new IllegalArgumentException(
          "a reason belongs to status unknown, not " + status.wireName());
    }
    if (summary.isPresent()) {
      requireFits(summary.get(), seq, at);
    }
  }

  /// An event without a summary.
  public MachineEvent(
      Sequence seq,
      MachineId machine,
      MachineStatus status,
      Optional<UnknownReason> reason,
      Instant at,
      TimeQuality quality) {
    this(seq, machine, status, reason, at, quality, Optional.empty());
  }

  /// The sequence numbers that this event stands for: its own, which is the last of them, and those
  /// of the events that were coalesced into it.
  public SeqRange standsFor() {
    return new SeqRange(summary.map(Summary::first).orElse(seq), seq);
  }

  private static void requireFits(Summary summary, Sequence seq, Instant at) {
    if (summary.first().compareTo(seq) > 0) {
      throw new IllegalArgumentException(
          "a summary from %s begins after its event %s".formatted(summary.first(), seq));
    }
    if (!summary.from().plus(summary.length()).equals(at)) {
      throw new IllegalArgumentException(
          "a summary from %s over %s does not end at the event's %s"
              .formatted(summary.from(), summary.length(), at));
    }
    if (Summary.binOf(summary.from()) != Summary.binOf(at)) {
      throw new IllegalArgumentException(
          "a summary from %s to %s is not in one quarter of an hour".formatted(summary.from(), at));
    }
  }
}
