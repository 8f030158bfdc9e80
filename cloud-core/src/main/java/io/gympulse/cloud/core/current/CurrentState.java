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

/// A machine's current state, as stored, and as claimed by one message.
///
/// @param since when this status began
/// @param asOf when it was last claimed: an event's own time, or when a snapshot was sent
/// @param seq the event's sequence number; 0 for a snapshot or a machine's own report
/// @param previous the last known status before this one, if any was claimed
/// @param present whether it was claimed for the present, by a live batch, a snapshot or the
///     machine itself, and not only by a backlog batch or a late message
public record CurrentState(
    MachineId machine,
    GymId gym,
    CategoryId category,
    MachineStatus status,
    Optional<UnknownReason> reason,
    Instant since,
    Instant asOf,
    long seq,
    Optional<PreviousStatus> previous,
    boolean present) {
  private static final Comparator<CurrentState> AGE =
      Comparator.comparing(CurrentState::since)
          .thenComparing(CurrentState::asOf)
          .thenComparingLong(CurrentState::seq)
          .thenComparing(CurrentState::status)
          .thenComparing(it -> it.reason().map(UnknownReason::wireName).orElse(""));

  /// Claimed for the present, without a previous status.
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
    return previous.map(PreviousStatus::status);
  }

  /// The same state, claimed by a backlog batch or a late message.
  public CurrentState past() {
    return with(previous, false);
  }

  /// Joins two states of the same key: the newer one, with the last known status before it that
  /// either contains. The result does not depend on order, grouping and repetition of claims,
  /// unless three contradict each other within one millisecond.
  public CurrentState join(CurrentState other) {
    boolean later = other.newerThan(this);
    CurrentState newer = later ? other : this;
    CurrentState older = later ? this : other;
    boolean same = newer.status == older.status && newer.since.equals(older.since);
    Optional<PreviousStatus> last =
        newer.later(
            newer.later(newer.later(Optional.empty(), newer.previous), older.previous),
            older.known());
    return newer.with(last, newer.present || (same && older.present));
  }

  private Optional<PreviousStatus> known() {
    return status == MachineStatus.UNKNOWN
        ? Optional.empty()
        : Optional.of(new PreviousStatus(status, since, asOf, seq));
  }

  /// The later of both. A candidate that does not precede this state is left out.
  private Optional<PreviousStatus> later(
      Optional<PreviousStatus> best, Optional<PreviousStatus> candidate) {
    return candidate.isPresent()
            && follows(candidate.get())
            && (best.isEmpty() || candidate.get().compareTo(best.get()) > 0)
        ? candidate
        : best;
  }

  private boolean follows(PreviousStatus it) {
    return it.since().isBefore(since)
        || (status == MachineStatus.UNKNOWN && it.since().equals(since));
  }

  private CurrentState with(Optional<PreviousStatus> last, boolean ofPresent) {
    return last.equals(previous) && ofPresent == present
        ? this
        : new CurrentState(
            machine, gym, category, status, reason, since, asOf, seq, last, ofPresent);
  }

  /// Identifies the state: a machine that moves to another gym has one in each.
  public record Key(GymId gym, MachineId machine) {}

  public Key key() {
    return new Key(gym, machine);
  }

  /// States of many machines, joined to one per key.
  public static List<CurrentState> joined(Collection<CurrentState> claims) {
    Map<Key, CurrentState> byKey = new LinkedHashMap<>();
    claims.forEach(it -> byKey.merge(it.key(), it, CurrentState::join));
    return List.copyOf(byKey.values());
  }

  /// Whether this replaces `other`: the later beginning wins, then the later claim. Contradicting
  /// claims of the same time, such as two reports within one second, are ordered by their status,
  /// so that the order of arrival never decides.
  public boolean newerThan(CurrentState other) {
    int begun = since.compareTo(other.since);
    return begun == 0 ? AGE.compare(this, other) > 0 : begun > 0;
  }

  /// Whether the two differ only in what clients do not see, so that no update is published.
  public boolean visiblyEquals(CurrentState other) {
    return status == other.status
        && reason.equals(other.reason)
        && since.equals(other.since)
        && gym.equals(other.gym)
        && category.equals(other.category)
        && present == other.present;
  }

  /// The last known status of a machine before its present one, with what orders it.
  ///
  /// @param status free or occupied
  public record PreviousStatus(MachineStatus status, Instant since, Instant asOf, long seq)
      implements Comparable<PreviousStatus> {
    private static final Comparator<PreviousStatus> AGE =
        Comparator.comparing(PreviousStatus::since)
            .thenComparing(PreviousStatus::asOf)
            .thenComparingLong(PreviousStatus::seq)
            .thenComparing(PreviousStatus::status);

    public PreviousStatus {
      if (status == MachineStatus.UNKNOWN) {
        throw new IllegalArgumentException("unknown is not a known status");
      }
    }

    @Override
    public int compareTo(PreviousStatus other) {
      return AGE.compare(this, other);
    }
  }
}
