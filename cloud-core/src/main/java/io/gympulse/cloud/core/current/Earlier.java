package io.gympulse.cloud.core.current;

import io.gympulse.contract.event.MachineStatus;
import java.time.Instant;
import java.util.Comparator;

/// The last known status of a machine before its present one, with what orders it.
///
/// @param status free or occupied
public record Earlier(MachineStatus status, Instant since, Instant asOf, long seq)
    implements Comparable<Earlier> {
  private static final Comparator<Earlier> AGE =
      Comparator.comparing(Earlier::since)
          .thenComparing(Earlier::asOf)
          .thenComparingLong(Earlier::seq)
          .thenComparing(Earlier::status);

  public Earlier {
    if (status == MachineStatus.UNKNOWN) {
      throw new IllegalArgumentException("unknown is no known status");
    }
  }

  @Override
  public int compareTo(Earlier other) {
    return AGE.compare(this, other);
  }
}
