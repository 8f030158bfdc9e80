package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.Stamp;
import java.util.Optional;

/// An event as an outbox holds it, with or without wall time.
record HeldEvent(Sequence seq, Occurrence occurrence, Optional<Summary> summary) {

  HeldEvent(Sequence seq, Occurrence occurrence) {
    this(seq, occurrence, Optional.empty());
  }

  HeldEvent with(Optional<Summary> other) {
    return new HeldEvent(seq, occurrence, other);
  }

  HeldEvent at(Stamp stamp) {
    return new HeldEvent(seq, occurrence.at(stamp), summary);
  }

  /// As the next event behind this number, with as many numbers as before.
  HeldEvent renumbered(long after) {
    long size = summary.map(it -> seq.value() - it.first().value() + 1).orElse(1L);
    return new HeldEvent(
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

  boolean isFinal() {
    return occurrence.stamp().wall().isPresent();
  }

  /// As it is sent. Only for an event that has its wall time.
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
