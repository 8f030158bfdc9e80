package io.gympulse.edge.outbox;

import io.gympulse.contract.event.TimeQuality;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One run of the machine, as far as the outbox has heard of it.
///
/// @param ordinal ascending from boot to boot
/// @param start when it began, once that is known or settled
/// @param last the last moment of it that is known of beside its events
record Boot(int ordinal, BootId id, Optional<Start> start, Duration last) {

  Boot(int ordinal, BootId id) {
    this(ordinal, id, Optional.empty(), Duration.ZERO);
  }

  /// @param quality corrected if a synchronised clock told, bounded if it lies between neighbours
  /// @param floor no moment of the boot is taken to be earlier
  record Start(Instant at, TimeQuality quality, Instant floor) {
    static Start told(Instant at) {
      return new Start(at, TimeQuality.CORRECTED, Instant.EPOCH);
    }

    Instant wall(Duration sinceBoot) {
      Instant wall = at.plus(sinceBoot);
      return wall.isBefore(floor) ? floor : wall;
    }
  }

  Boot startedAt(Start it) {
    return new Boot(ordinal, id, Optional.of(it), last);
  }

  Boot reaching(Duration sinceBoot) {
    return sinceBoot.compareTo(last) <= 0 ? this : new Boot(ordinal, id, start, sinceBoot);
  }

  /// By the wall, as far as is known beside its events. Only for one that has its start.
  Instant end() {
    return start.orElseThrow().wall(last);
  }

  Stamp resolved(Stamp stamp) {
    if (stamp.wall().isPresent() || start.isEmpty()) {
      return stamp;
    }
    Instant wall = start.get().wall(stamp.sinceBoot());
    return new Stamp(
        id, stamp.sinceBoot(), Optional.of(new Stamp.Wall(wall, start.get().quality())));
  }
}
