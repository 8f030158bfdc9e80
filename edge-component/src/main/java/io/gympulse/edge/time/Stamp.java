package io.gympulse.edge.time;

import io.gympulse.contract.event.TimeQuality;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When something happened: on the clock of a boot, which is always known, and by the wall, which
/// is known only if a synchronised clock has told.
///
/// @param sinceBoot in whole milliseconds (finer parts are cut off); negative for something that
///     is taken to have happened before the boot
/// @param wall final once it is there
public record Stamp(BootId boot, Duration sinceBoot, Optional<Wall> wall) {
  public Stamp {
    sinceBoot = sinceBoot.truncatedTo(ChronoUnit.MILLIS);
  }

  /// A moment by the wall, in whole milliseconds (finer parts are cut off).
  public record Wall(Instant at, TimeQuality quality) {
    public Wall {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /// The same moment, its wall time told by when the boot began. What is final stays as it is.
  public Stamp bootedAt(Instant start, TimeQuality quality) {
    return wall.isPresent()
        ? this
        : new Stamp(boot, sinceBoot, Optional.of(new Wall(start.plus(sinceBoot), quality)));
  }
}
