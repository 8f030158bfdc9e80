package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.Stamp;
import java.util.Optional;

/// An event in an outbox, with or without wall time.
record QueuedEvent(Sequence seq, Occurrence occurrence, Optional<Summary> summary) {

  QueuedEvent(Sequence seq, Occurrence occurrence) {
    this(seq, occurrence, Optional.empty());
  }

  QueuedEvent with(Optional<Summary> other) {
    return new QueuedEvent(seq, occurrence, other);
  }

  QueuedEvent at(Stamp stamp) {
    return new QueuedEvent(seq, occurrence.at(stamp), summary);
  }

  /// The same event as the next one after this number; it stands for as many numbers as before.
  QueuedEvent renumbered(long after) {
    long size = summary.map(it -> seq.value() - it.first().value() + 1).orElse(1L);
    return new QueuedEvent(
        new Sequence(after + size),
        occurrence,
        summary.map(
            it ->
                new Summary(
                    new Sequence(after + 1),
                    it.from(),
                    it.occupied(),
                    it.free(),
                    it.unknown(),
                    it.transitions())));
  }

  boolean hasWallTime() {
    return occurrence.stamp().wall().isPresent();
  }

  /// The event as it is sent. Requires its wall time.
  MachineEvent event() {
    Stamp.Wall wall = occurrence.stamp().wall().orElseThrow();
    return new MachineEvent(
        seq,
        occurrence.machine(),
        occurrence.status(),
        occurrence.reason(),
        wall.at(),
        wall.quality(),
        summary);
  }
}
