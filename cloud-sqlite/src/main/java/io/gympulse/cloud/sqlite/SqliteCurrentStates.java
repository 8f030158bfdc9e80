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
    Map<CurrentState.Key, CurrentState> kept = find(claims);
    for (CurrentState claim : claims) {
      Optional<CurrentState> known = Optional.ofNullable(kept.get(claim.key()));
      CurrentState next = known.map(it -> it.join(claim)).orElse(claim);
      if (known.isEmpty() || !next.visiblyEquals(known.get())) {
        put(next, positions.next());
        visible.add(next);
      } else if (!next.equals(known.get())) {
        refresh(next);
      }
    }
  }

  private Map<CurrentState.Key, CurrentState> find(List<CurrentState> claims) {
    String keys =
        claims.stream()
            .map(it -> "[\"%s\",\"%s\"]".formatted(it.gym(), it.machine()))
            .collect(Collectors.joining(",", "[", "]"));
    return database
        .query(
            """
            SELECT * FROM current_state WHERE (gym, machine) IN
              (SELECT value ->> 0, value ->> 1 FROM json_each(?))""",
            Rows::state,
            keys)
        .stream()
        .collect(Collectors.toMap(CurrentState::key, it -> it));
  }

  private void put(CurrentState state, long position) {
    database.update(
        """
        INSERT INTO current_state
          (gym, machine, category, status, reason, since, present, position, as_of, seq,
            earlier_status, earlier_since, earlier_as_of, earlier_seq)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT DO UPDATE SET category = ?3, status = ?4, reason = ?5, since = ?6,
          present = ?7, position = ?8, as_of = ?9, seq = ?10, earlier_status = ?11,
          earlier_since = ?12, earlier_as_of = ?13, earlier_seq = ?14""",
        state.gym().value(),
        state.machine().value(),
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

  /// Updates only the columns that clients do not see.
  private void refresh(CurrentState state) {
    database.update(
        """
        UPDATE current_state SET as_of = ?, seq = ?, earlier_status = ?, earlier_since = ?,
          earlier_as_of = ?, earlier_seq = ? WHERE gym = ? AND machine = ?""",
        state.asOf().toEpochMilli(),
        state.seq(),
        state.previous().map(it -> it.status().wireName()).orElse(null),
        state.previous().map(it -> it.since().toEpochMilli()).orElse(null),
        state.previous().map(it -> it.asOf().toEpochMilli()).orElse(null),
        state.previous().map(PreviousStatus::seq).orElse(null),
        state.gym().value(),
        state.machine().value());
  }

  @Override
  public Optional<CurrentState> find(GymId gym, MachineId machine) {
    return database
        .query(
            "SELECT * FROM current_state WHERE gym = ? AND machine = ?",
            Rows::state,
            gym.value(),
            machine.value())
        .stream()
        .findFirst();
  }
}
