package io.gympulse.cloud.core.current;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a machine is now, as far as is known; also what one message claims of it.
///
/// @param since when this status began
/// @param asOf when it was last claimed: an event's own time, a snapshot's sending
/// @param seq the event's sequence number; 0 for a snapshot or a machine's own report
/// @param earlier the last known status before this one, if any was claimed
/// @param present whether it was claimed of the present, by a live batch, a snapshot or the machine
///     itself, and not only found in a backlog or a late message
public record CurrentState(
    MachineId machine,
    GymId gym,
    CategoryId category,
    MachineStatus status,
    Optional<UnknownReason> reason,
    Instant since,
    Instant asOf,
    long seq,
    Optional<Earlier> earlier,
    boolean present) {
  private static final Comparator<CurrentState> AGE =
      Comparator.comparing(CurrentState::since)
          .thenComparing(CurrentState::asOf)
          .thenComparingLong(CurrentState::seq)
          .thenComparing(CurrentState::status)
          .thenComparing(it -> it.reason().map(UnknownReason::wireName).orElse(""));

  /// Claimed of the present, with nothing known before.
  public CurrentState(
      MachineId machine,
      GymId gym,
      CategoryId category,
      MachineStatus status,
      Optional<UnknownReason> reason,
      Instant since,
      Instant asOf,
      long seq) {
    this(machine, gym, category, status, reason, since, asOf, seq, Optional.empty(), true);
  }

  /// The last known status before this one.
  public Optional<MachineStatus> before() {
    return earlier.map(Earlier::status);
  }

  /// The same, found in a backlog or a late message.
  public CurrentState past() {
    return with(earlier, false);
  }

  /// What is known from both, of the same machine: the newer one, with the last known status before
  /// it that either of them tells. Any order, grouping and repetition of claims gives the same,
  /// unless three contradict each other within one millisecond.
  public CurrentState join(CurrentState other) {
    boolean later = other.newerThan(this);
    CurrentState newer = later ? other : this;
    CurrentState older = later ? this : other;
    boolean same = newer.status == older.status && newer.since.equals(older.since);
    Optional<Earlier> last =
        newer.later(
            newer.later(newer.later(Optional.empty(), newer.earlier), older.earlier),
            older.known());
    return newer.with(last, newer.present || (same && older.present));
  }

  private Optional<Earlier> known() {
    return status == MachineStatus.UNKNOWN
        ? Optional.empty()
        : Optional.of(new Earlier(status, since, asOf, seq));
  }

  /// The later of both, if this state follows it; a candidate that it does not follow is left out.
  private Optional<Earlier> later(Optional<Earlier> best, Optional<Earlier> candidate) {
    return candidate.isPresent()
            && follows(candidate.get())
            && (best.isEmpty() || candidate.get().compareTo(best.get()) > 0)
        ? candidate
        : best;
  }

  private boolean follows(Earlier it) {
    return it.since().isBefore(since)
        || (status == MachineStatus.UNKNOWN && it.since().equals(since));
  }

  private CurrentState with(Optional<Earlier> last, boolean ofPresent) {
    return last.equals(earlier) && ofPresent == present
        ? this
        : new CurrentState(
            machine, gym, category, status, reason, since, asOf, seq, last, ofPresent);
  }

  /// Claims of many machines, joined to one per machine.
  public static List<CurrentState> joined(Collection<CurrentState> claims) {
    Map<MachineId, CurrentState> byMachine = new LinkedHashMap<>();
    claims.forEach(it -> byMachine.merge(it.machine(), it, CurrentState::join));
    return List.copyOf(byMachine.values());
  }

  /// Whether this is to replace `other`: the later beginning wins, then the later claim. Claims of
  /// the same time that contradict each other, as two reports within one second may, are settled by
  /// their status, so that the order of arrival never decides.
  public boolean newerThan(CurrentState other) {
    int begun = since.compareTo(other.since);
    return begun == 0 ? AGE.compare(this, other) > 0 : begun > 0;
  }

  /// Whether somebody who watches the machine need not be told of the difference.
  public boolean looksLike(CurrentState other) {
    return status == other.status
        && reason.equals(other.reason)
        && since.equals(other.since)
        && gym.equals(other.gym)
        && category.equals(other.category)
        && present == other.present;
  }
}
