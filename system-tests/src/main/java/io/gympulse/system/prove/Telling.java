package io.gympulse.system.prove;

import java.time.Instant;

/// A member was told.
///
/// @param delivery the id under which
/// @param since the beginning of the free period, as told
/// @param at when the member took it, by the processes' clock
record Telling(String delivery, String machine, Instant since, Instant at) {

  boolean tellsOf(FreePeriod period) {
    return machine.equals(period.machine())
        && !since.isBefore(period.from())
        && since.isBefore(period.to());
  }
}
