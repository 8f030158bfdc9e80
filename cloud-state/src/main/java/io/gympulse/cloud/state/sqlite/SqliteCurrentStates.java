package io.gympulse.cloud.state.sqlite;

import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.current.CurrentStates;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.List;
import java.util.Optional;

/// Current states in the table `current_state`.
final class SqliteCurrentStates implements CurrentStates {
  private final Database database;
  private final FeedPositions positions;

  SqliteCurrentStates(Database database, FeedPositions positions) {
    this.database = database;
    this.positions = positions;
  }

  @Override
  public boolean offer(CurrentState state) {
    boolean[] visible = new boolean[1];
    database.transaction(
        () -> {
          Optional<CurrentState> kept = find(state.machine());
          if (kept.isEmpty() || state.newerThan(kept.get())) {
            visible[0] = kept.isEmpty() || !state.looksLike(kept.get());
            if (visible[0]) {
              put(state, positions.next());
            } else {
              refresh(state);
            }
          }
        });
    positions.announce();
    return visible[0];
  }

  private void put(CurrentState state, long position) {
    database.update(
        """
        INSERT OR REPLACE INTO current_state
          (machine, gym, category, status, reason, since, as_of, seq, position)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        state.machine().value(),
        state.gym().value(),
        state.category().value(),
        state.status().wireName(),
        state.reason().map(it -> it.wireName()).orElse(null),
        state.since().toEpochMilli(),
        state.asOf().toEpochMilli(),
        state.seq(),
        position);
  }

  private void refresh(CurrentState state) {
    database.update(
        "UPDATE current_state SET as_of = ?, seq = ? WHERE machine = ?",
        state.asOf().toEpochMilli(),
        state.seq(),
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
