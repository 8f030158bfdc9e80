package io.gympulse.cloud.state.current;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// What a machine is now, as far as is known.
///
/// @param since when this status began
/// @param asOf when it was last claimed: an event's own time, a snapshot's sending
/// @param seq the event's sequence number; 0 for a snapshot or a machine's own report
public record CurrentState(
    MachineId machine,
    GymId gym,
    CategoryId category,
    MachineStatus status,
    Optional<UnknownReason> reason,
    Instant since,
    Instant asOf,
    long seq) {
  private static final Comparator<CurrentState> AGE =
      Comparator.comparing(CurrentState::since)
          .thenComparing(CurrentState::asOf)
          .thenComparingLong(CurrentState::seq)
          .thenComparing(CurrentState::status)
          .thenComparing(it -> it.reason().map(UnknownReason::wireName).orElse(""));

  /// Whether this is to replace `other`: the later beginning wins, then the later claim. Claims of
  /// the same time that contradict each other, as two reports within one second may, are settled by
  /// their status, so that the order of arrival never decides.
  public boolean newerThan(CurrentState other) {
    return AGE.compare(this, other) > 0;
  }

  /// Whether somebody who watches the machine could tell the two apart.
  public boolean looksLike(CurrentState other) {
    return status == other.status
        && reason.equals(other.reason)
        && since.equals(other.since)
        && gym.equals(other.gym)
        && category.equals(other.category);
  }
}
