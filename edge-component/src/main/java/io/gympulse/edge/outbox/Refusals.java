package io.gympulse.edge.outbox;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// Counts what a disk refuses and says when that is worth a line in the log: at the first, then
/// once a minute at most, however long the disk stays full. For one thread.
final class Refusals {
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private Optional<Long> toldAt = Optional.empty();
  private long untold;

  /// Counts one more.
  ///
  /// @param nanos monotonic time
  /// @return how many there were since the last line, this one included, if a line is due
  OptionalLong refused(long nanos) {
    untold++;
    if (toldAt.filter(it -> nanos - it < QUIET_NANOS).isPresent()) {
      return OptionalLong.empty();
    }
    OptionalLong told = OptionalLong.of(untold);
    toldAt = Optional.of(nanos);
    untold = 0;
    return told;
  }
}
