package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentState.PreviousStatus;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Current states in the table `current_state`.
final class SqliteCurrentStates implements CurrentStates {
  private final Database database;
  private final FeedPositions positions;

  SqliteCurrentStates(Database database, FeedPositions positions) {
    this.database = database;
    this.positions = positions;
  }

  @Override
  public List<CurrentState> offer(Collection<CurrentState> claims) {
    List<CurrentState> visible = new ArrayList<>();
    database.transaction(() -> join(CurrentState.joined(claims), visible));
    positions.publish();
    return List.copyOf(visible);
  }

  private void join(List<CurrentState> claims, List<CurrentState> visible) {
    Map<MachineId, CurrentState> kept = find(claims);
    for (CurrentState claim : claims) {
      Optional<CurrentState> known = Optional.ofNullable(kept.get(claim.machine()));
      CurrentState next = known.map(it -> it.join(claim)).orElse(claim);
      if (known.isEmpty() || !next.visiblyEquals(known.get())) {
        if (known.filter(it -> it.gym().equals(next.gym())).isPresent()) {
          change(next, positions.next());
        } else {
          put(next, positions.next());
        }
        visible.add(next);
      } else if (!next.equals(known.get())) {
        refresh(next);
      }
    }
  }

  private Map<MachineId, CurrentState> find(List<CurrentState> claims) {
    String machines =
        claims.stream()
            .map(it -> '"' + it.machine().value() + '"')
            .collect(Collectors.joining(",", "[", "]"));
    return database
        .query(
            "SELECT * FROM current_state WHERE machine IN (SELECT value FROM json_each(?))",
            Rows::state,
            machines)
        .stream()
        .collect(Collectors.toMap(CurrentState::machine, it -> it));
  }

  private void put(CurrentState state, long position) {
    database.update(
        """
        INSERT OR REPLACE INTO current_state
          (machine, gym, category, status, reason, since, present, position, as_of, seq,
            earlier_status, earlier_since, earlier_as_of, earlier_seq)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        state.machine().value(),
        state.gym().value(),
        state.category().value(),
        state.status().wireName(),
        state.reason().map(it -> it.wireName()).orElse(null),
        state.since().toEpochMilli(),
        state.present() ? 1 : 0,
        position,
        state.asOf().toEpochMilli(),
        state.seq(),
        state.previous().map(it -> it.status().wireName()).orElse(null),
        state.previous().map(it -> it.since().toEpochMilli()).orElse(null),
        state.previous().map(it -> it.asOf().toEpochMilli()).orElse(null),
        state.previous().map(PreviousStatus::seq).orElse(null));
  }

  /// Updates all columns but the gym, so that its index is not written.
  private void change(CurrentState state, long position) {
    database.update(
        """
        UPDATE current_state SET category = ?, status = ?, reason = ?, since = ?, present = ?,
          position = ?, as_of = ?, seq = ?, earlier_status = ?, earlier_since = ?,
          earlier_as_of = ?, earlier_seq = ? WHERE machine = ?""",
        state.category().value(),
        state.status().wireName(),
        state.reason().map(it -> it.wireName()).orElse(null),
        state.since().toEpochMilli(),
        state.present() ? 1 : 0,
        position,
        state.asOf().toEpochMilli(),
        state.seq(),
        state.previous().map(it -> it.status().wireName()).orElse(null),
        state.previous().map(it -> it.since().toEpochMilli()).orElse(null),
        state.previous().map(it -> it.asOf().toEpochMilli()).orElse(null),
        state.previous().map(PreviousStatus::seq).orElse(null),
        state.machine().value());
  }

  /// Updates only the columns that clients do not see.
  private void refresh(CurrentState state) {
    database.update(
        """
        UPDATE current_state SET as_of = ?, seq = ?, earlier_status = ?, earlier_since = ?,
          earlier_as_of = ?, earlier_seq = ? WHERE machine = ?""",
        state.asOf().toEpochMilli(),
        state.seq(),
        state.previous().map(it -> it.status().wireName()).orElse(null),
        state.previous().map(it -> it.since().toEpochMilli()).orElse(null),
        state.previous().map(it -> it.asOf().toEpochMilli()).orElse(null),
        state.previous().map(PreviousStatus::seq).orElse(null),
        state.machine().value());
  }

  @Override
  public Optional<CurrentState> find(MachineId machine) {
    return find(database, machine);
  }

  static Optional<CurrentState> find(Database database, MachineId machine) {
    return database
        .query("SELECT * FROM current_state WHERE machine = ?", Rows::state, machine.value())
        .stream()
        .findFirst();
  }

  @Override
  public List<CurrentState> ofGym(GymId gym) {
    return ofGym(database, gym);
  }

  static List<CurrentState> ofGym(Database database, GymId gym) {
    return database.query(
        "SELECT * FROM current_state WHERE gym = ? ORDER BY machine", Rows::state, gym.value());
  }
}
