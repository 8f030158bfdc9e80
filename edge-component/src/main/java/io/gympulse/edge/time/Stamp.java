package io.gympulse.edge.time;

import io.gympulse.contract.event.TimeQuality;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The time of an event: on the boot clock, which is always known, and in wall time, which is known
/// only if the wall clock was synchronised.
///
/// @param sinceBoot truncated to milliseconds; negative for an event that counts as having happened
///     before the boot
/// @param wall never changes once it is present
public record Stamp(BootId boot, Duration sinceBoot, Optional<Wall> wall) {
  public Stamp {
    sinceBoot = sinceBoot.truncatedTo(ChronoUnit.MILLIS);
  }

  /// @param at truncated to milliseconds
  public record Wall(Instant at, TimeQuality quality) {
    public Wall {
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }
  }

  /// The same stamp with the wall time that follows from the start of the boot; unchanged if it has
  /// a wall time already.
  public Stamp bootedAt(Instant start, TimeQuality quality) {
    return wall.isPresent()
        ? this
        : new Stamp(boot, sinceBoot, Optional.of(new Wall(start.plus(sinceBoot), quality)));
  }
}
