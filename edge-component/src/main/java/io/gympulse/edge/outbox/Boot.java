package io.gympulse.edge.outbox;

import io.gympulse.contract.event.TimeQuality;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One run of the machine's kernel, as far as stamps have named it.
///
/// @param ordinal ascending from boot to boot
/// @param start when it began, once that is measured or estimated
/// @param last its latest moment known from alive marks and removed events, since it began
record Boot(int ordinal, BootId id, Optional<Start> start, Duration last) {

  Boot(int ordinal, BootId id) {
    this(ordinal, id, Optional.empty(), Duration.ZERO);
  }

  /// @param quality corrected if a synchronised clock gave the start, bounded if it is estimated
  ///     between neighbours
  /// @param earliest no moment of the boot is placed before it
  record Start(Instant at, TimeQuality quality, Instant earliest) {
    /// The start by a synchronised clock.
    static Start measured(Instant at) {
      return new Start(at, TimeQuality.CORRECTED, Instant.EPOCH);
    }

    Instant wall(Duration sinceBoot) {
      Instant wall = at.plus(sinceBoot);
      return wall.isBefore(earliest) ? earliest : wall;
    }
  }

  Boot withStart(Start it) {
    return new Boot(ordinal, id, Optional.of(it), last);
  }

  Boot lastingAtLeast(Duration sinceBoot) {
    return sinceBoot.compareTo(last) <= 0 ? this : new Boot(ordinal, id, start, sinceBoot);
  }

  /// The wall time of [#last]. Requires the start.
  Instant end() {
    return start.orElseThrow().wall(last);
  }

  /// The stamp with the wall time that follows from the start, unless it has one already or the
  /// start is not known.
  Stamp resolved(Stamp stamp) {
    if (stamp.wall().isPresent() || start.isEmpty()) {
      return stamp;
    }
    Instant wall = start.get().wall(stamp.sinceBoot());
    return new Stamp(
        id, stamp.sinceBoot(), Optional.of(new Stamp.Wall(wall, start.get().quality())));
  }
}
