package io.gympulse.edge;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.time.Stamp;
import java.time.Instant;
import java.util.Optional;

/// The state of a machine when the gateway starts: unknown since the gateway was last alive.
final class StartState {
  private StartState() {}

  /// The state from which a machine starts; if it differs from `last`, an event has to be recorded.
  ///
  /// @param last the machine's last event
  /// @param lastAlive the last durable mark of when the gateway was running
  static Occurrence of(
      MachineId machine, Optional<Occurrence> last, Optional<Stamp> lastAlive, Stamp now) {
    if (last.isEmpty()) {
      return unknown(machine, UnknownReason.NO_READING, now);
    }
    if (last.get().reason().equals(Optional.of(UnknownReason.GATEWAY_OFF))) {
      return last.get();
    }
    Stamp recorded = last.get().stamp();
    Stamp since = lastAlive.filter(it -> isLater(it, recorded, now)).orElse(recorded);
    return unknown(machine, UnknownReason.GATEWAY_OFF, since);
  }

  /// If the mark and the event are of different boots, the mark is later, unless the event is of
  /// the present boot or their wall times say otherwise.
  private static boolean isLater(Stamp mark, Stamp recorded, Stamp now) {
    if (mark.boot().equals(recorded.boot())) {
      return mark.sinceBoot().compareTo(recorded.sinceBoot()) > 0;
    }
    Optional<Instant> marked = mark.wall().map(Stamp.Wall::at);
    Optional<Instant> happened = recorded.wall().map(Stamp.Wall::at);
    boolean comparable = marked.isPresent() && happened.isPresent();
    return comparable ? marked.get().isAfter(happened.get()) : !recorded.boot().equals(now.boot());
  }

  private static Occurrence unknown(MachineId machine, UnknownReason reason, Stamp since) {
    return new Occurrence(machine, MachineStatus.UNKNOWN, Optional.of(reason), since);
  }
}
