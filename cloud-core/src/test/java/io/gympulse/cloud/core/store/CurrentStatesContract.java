package io.gympulse.cloud.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The contract of every adapter of the current states.
public abstract class CurrentStatesContract extends StoreContract {
  @Test
  void the_newest_state_wins_whatever_the_order_of_arrival() {
    for (int round = 0; round < 20; round++) {
      MachineId machine = new MachineId("bike-" + round);
      List<CurrentState> offered = new ArrayList<>(claims(machine));
      CurrentState newest = CurrentState.joined(offered).getFirst();
      assertThat(newest.seq()).isEqualTo(4);
      Collections.shuffle(offered, new Random(round));
      offered.forEach(it -> store.current().offer(it));
      assertThat(store.current().find(GATEWAY.gym(), machine)).contains(newest);
    }
  }

  private static List<CurrentState> claims(MachineId it) {
    return List.of(
        state(it, MachineStatus.FREE, NOON, NOON, 1),
        state(it, MachineStatus.OCCUPIED, NOON.plusSeconds(1), NOON.plusSeconds(1), 2),
        state(it, MachineStatus.UNKNOWN, NOON.plusSeconds(1), NOON.plusSeconds(9), 0),
        state(it, MachineStatus.FREE, NOON.plusSeconds(2), NOON.plusSeconds(2), 3),
        state(it, MachineStatus.OCCUPIED, NOON.plusSeconds(2), NOON.plusSeconds(2), 4));
  }

  @Test
  void contradicting_claims_give_the_same_state_whatever_the_order_of_arrival() {
    CurrentState free = state(BIKE, MachineStatus.FREE, NOON, NOON, 0);
    CurrentState occupied = state(BIKE, MachineStatus.OCCUPIED, NOON, NOON, 0);
    store.current().offer(free);
    store.current().offer(occupied);
    Optional<CurrentState> kept = store.current().find(GATEWAY.gym(), BIKE);
    openStore();
    store.current().offer(occupied);
    store.current().offer(free);
    assertThat(store.current().find(GATEWAY.gym(), BIKE)).isEqualTo(kept);
  }

  @Test
  void a_machine_that_moved_to_another_gym_has_a_state_in_each() {
    GymId other = new GymId("other");
    CurrentState left = state(BIKE, MachineStatus.FREE, NOON, NOON, 1);
    store.current().offer(left);
    CurrentState moved =
        new CurrentState(
            BIKE,
            other,
            new CategoryId("strength"),
            MachineStatus.FREE,
            Optional.empty(),
            NOON.minusSeconds(1),
            NOON.plusSeconds(60),
            0);
    assertThat(store.current().offer(List.of(left, moved))).containsExactly(moved);
    assertThat(store.current().find(other, BIKE)).contains(moved);
    assertThat(store.current().find(GATEWAY.gym(), BIKE)).contains(left);
    assertThat(store.current().find(new GymId("third"), BIKE)).isEmpty();
  }

  @Test
  void a_repeated_or_older_state_changes_nothing() {
    CurrentState state = state(BIKE, MachineStatus.FREE, NOON, NOON, 1);
    assertThat(store.current().offer(state)).isTrue();
    assertThat(store.current().offer(state)).isFalse();
    assertThat(
            store
                .current()
                .offer(state(BIKE, MachineStatus.OCCUPIED, NOON.minusSeconds(1), NOON, 9)))
        .isFalse();
  }

  @Test
  void a_later_claim_of_the_same_state_is_stored_and_not_published() {
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    CurrentState claimedAgain = state(BIKE, MachineStatus.FREE, NOON, NOON.plusSeconds(60), 0);
    assertThat(store.current().offer(claimedAgain)).isFalse();
    assertThat(store.current().find(GATEWAY.gym(), BIKE)).contains(claimedAgain);
  }

  @Test
  void the_previous_known_status_is_stored_whatever_the_order_of_arrival() {
    List<CurrentState> offered =
        new ArrayList<>(
            List.of(
                state(BIKE, MachineStatus.FREE, NOON, NOON, 1),
                state(BIKE, MachineStatus.OCCUPIED, NOON.plusSeconds(1), NOON.plusSeconds(1), 2),
                state(BIKE, MachineStatus.UNKNOWN, NOON.plusSeconds(2), NOON.plusSeconds(2), 3),
                state(BIKE, MachineStatus.FREE, NOON.plusSeconds(3), NOON.plusSeconds(3), 4)));
    CurrentState expected = CurrentState.joined(offered).getFirst();
    assertThat(expected.before()).contains(MachineStatus.OCCUPIED);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(offered, new Random(round));
      openStore();
      int cut = round % 4;
      store.current().offer(offered.subList(0, cut));
      store.current().offer(offered.subList(cut, 4));
      assertThat(store.current().find(GATEWAY.gym(), BIKE)).contains(expected);
    }
  }

  @Test
  void a_state_that_is_later_claimed_for_the_present_is_published() {
    CurrentState state = state(BIKE, MachineStatus.FREE, NOON, NOON, 1);
    assertThat(store.current().offer(state.past())).isTrue();
    assertThat(store.current().offer(List.of(state))).containsExactly(state);
    assertThat(store.current().offer(state.past())).isFalse();
    assertThat(store.current().find(GATEWAY.gym(), BIKE)).contains(state);
  }

  @Test
  void of_many_claims_only_visible_changes_are_returned() {
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    CurrentState rowing = state(ROWER, MachineStatus.OCCUPIED, NOON.plusSeconds(1), NOON, 3);
    List<CurrentState> told =
        store
            .current()
            .offer(
                List.of(
                    state(BIKE, MachineStatus.FREE, NOON, NOON, 1),
                    state(ROWER, MachineStatus.FREE, NOON, NOON, 2),
                    rowing));
    assertThat(told).extracting(CurrentState::machine).containsExactly(ROWER);
    assertThat(told.getFirst().before()).contains(MachineStatus.FREE);
    assertThat(store.current().find(GATEWAY.gym(), ROWER)).contains(told.getFirst());
  }
}
