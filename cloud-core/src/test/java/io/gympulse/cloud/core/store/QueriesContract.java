package io.gympulse.cloud.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.query.Branch;
import io.gympulse.cloud.core.query.Branch.BranchDetail;
import io.gympulse.cloud.core.query.Branch.BranchMachine;
import io.gympulse.cloud.core.query.Branch.BranchSummary;
import io.gympulse.cloud.core.query.Branch.CategoryCounts;
import io.gympulse.cloud.core.query.Branch.MachineDetail;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The contract of the API's queries.
public abstract class QueriesContract extends StoreContract {
  private static final CategoryId CARDIO = new CategoryId("cardio");
  private static final CategoryId STRENGTH = new CategoryId("strength");
  private static final GymId OTHER = new GymId("other");
  private static final MachineId PRESS = new MachineId("press");

  private static final Gym GYM =
      new Gym(GATEWAY.gym(), "Zum Löwen", 47.37, -8.54, ZoneId.of("Europe/Zurich"));

  private static final FloorPlan PLAN =
      new FloorPlan(
          GYM,
          GATEWAY.gateway(),
          List.of(
              new Machine(ROWER, STRENGTH, "Rower", 1.5, -2, List.of()),
              new Machine(BIKE, CARDIO, "Bike", 3, 4.25, List.of()),
              new Machine(PRESS, STRENGTH, "Press", 0, 0, List.of())));

  @Test
  void a_branch_has_its_machines_in_the_order_of_the_plan_with_their_states() {
    store.floorPlans().register(PLAN);
    CurrentState bike = state(BIKE, MachineStatus.OCCUPIED, NOON, NOON, 1);
    store.current().offer(bike);
    assertThat(store.queries().branches().find(GATEWAY.gym()))
        .contains(
            new BranchDetail(
                new Branch(GYM, GATEWAY.gateway(), Optional.empty()),
                List.of(
                    new BranchMachine(ROWER, "Rower", STRENGTH, 1.5, -2, Optional.empty()),
                    new BranchMachine(BIKE, "Bike", CARDIO, 3, 4.25, Optional.of(bike)),
                    new BranchMachine(PRESS, "Press", STRENGTH, 0, 0, Optional.empty()))));
    assertThat(store.queries().branches().find(OTHER)).isEmpty();
  }

  @Test
  void a_summary_counts_stored_statuses_by_category() {
    store.floorPlans().register(PLAN);
    store.current().offer(state(BIKE, MachineStatus.OCCUPIED, NOON, NOON, 1));
    store.current().offer(state(ROWER, MachineStatus.FREE, NOON, NOON, 2));
    store.current().offer(state(PRESS, MachineStatus.UNKNOWN, NOON, NOON, 3));
    assertThat(summaries(9))
        .containsExactly(
            new BranchSummary(
                new Branch(GYM, GATEWAY.gateway(), Optional.empty()),
                List.of(
                    new CategoryCounts(STRENGTH, 2, 1, 0), new CategoryCounts(CARDIO, 1, 0, 1))));
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON.plusSeconds(1), NOON, 4));
    assertThat(summaries(9).getFirst().categories())
        .containsExactly(
            new CategoryCounts(STRENGTH, 2, 1, 0), new CategoryCounts(CARDIO, 1, 1, 0));
  }

  @Test
  void summaries_are_read_page_by_page_in_the_order_of_gyms() {
    List<GymId> gyms = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      GymId gym = new GymId("gym-" + i);
      gyms.add(gym);
      store.floorPlans().register(plan(gym, "gw-" + i, new MachineId("m-" + i)));
    }
    for (int size : new int[] {1, 3, 7, 50}) {
      assertThat(summaries(size))
          .as("pages of %d", size)
          .extracting(it -> it.branch().gym().id())
          .isEqualTo(gyms);
    }
    assertThat(store.queries().branches().summaries(Optional.empty(), 3).items()).hasSize(3);
  }

  @Test
  void the_presence_is_the_gateways_last_one() {
    store.floorPlans().register(PLAN);
    GatewayPresence presence = new GatewayPresence(GATEWAY, true, NOON, NOON.plusSeconds(7), 3);
    putPresence(presence);
    assertThat(branch().presence()).contains(presence);
    assertThat(summaries(1).getFirst().branch().presence()).contains(presence);
    assertThat(machine(BIKE).branch().presence()).contains(presence);
  }

  @Test
  void a_machine_is_found_with_its_gym_and_state() {
    store.floorPlans().register(PLAN);
    CurrentState bike = state(BIKE, MachineStatus.FREE, NOON, NOON, 1);
    store.current().offer(bike);
    Branch branch = new Branch(GYM, GATEWAY.gateway(), Optional.empty());
    assertThat(machine(BIKE))
        .isEqualTo(
            new MachineDetail(
                branch, new BranchMachine(BIKE, "Bike", CARDIO, 3, 4.25, Optional.of(bike))));
    assertThat(machine(PRESS))
        .isEqualTo(
            new MachineDetail(
                branch, new BranchMachine(PRESS, "Press", STRENGTH, 0, 0, Optional.empty())));
  }

  @Test
  void a_state_without_a_plan_is_shown_once_the_plan_is_registered() {
    CurrentState bike = state(BIKE, MachineStatus.FREE, NOON, NOON, 1);
    store.current().offer(bike);
    assertThat(store.queries().machines().find(BIKE)).isEmpty();
    assertThat(store.queries().branches().find(GATEWAY.gym())).isEmpty();
    assertThat(summaries(9)).isEmpty();
    store.floorPlans().register(PLAN);
    assertThat(machine(BIKE).machine().state()).contains(bike);
  }

  @Test
  void a_replaced_plan_replaces_names_places_and_machines_and_keeps_states() {
    store.floorPlans().register(PLAN);
    CurrentState bike = state(BIKE, MachineStatus.FREE, NOON, NOON, 1);
    store.current().offer(bike);
    store.current().offer(state(ROWER, MachineStatus.FREE, NOON, NOON, 2));
    Gym renamed = new Gym(GATEWAY.gym(), "Krone", 1, 2, ZoneId.of("UTC"));
    store
        .floorPlans()
        .register(
            new FloorPlan(
                renamed,
                new GatewayId("g-gw-2"),
                List.of(new Machine(BIKE, STRENGTH, "Velo", 5, 6, List.of()))));
    Branch branch = new Branch(renamed, new GatewayId("g-gw-2"), Optional.empty());
    BranchMachine velo = new BranchMachine(BIKE, "Velo", STRENGTH, 5, 6, Optional.of(bike));
    assertThat(store.queries().branches().find(GATEWAY.gym()))
        .contains(new BranchDetail(branch, List.of(velo)));
    assertThat(summaries(9))
        .containsExactly(new BranchSummary(branch, List.of(new CategoryCounts(STRENGTH, 1, 1, 0))));
    assertThat(store.queries().machines().find(ROWER)).isEmpty();
    store.current().offer(state(BIKE, MachineStatus.OCCUPIED, NOON.plusSeconds(1), NOON, 3));
    assertThat(machine(BIKE).machine().name()).isEqualTo("Velo");
    assertThat(machine(BIKE).machine().state())
        .map(CurrentState::status)
        .contains(MachineStatus.OCCUPIED);
  }

  @Test
  void a_removed_plan_is_not_shown() {
    store.floorPlans().register(PLAN);
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    store.floorPlans().remove(GATEWAY.gym());
    assertThat(summaries(9)).isEmpty();
    assertThat(store.queries().branches().find(GATEWAY.gym())).isEmpty();
    assertThat(store.queries().machines().find(BIKE)).isEmpty();
    store.floorPlans().register(PLAN);
    assertThat(machine(BIKE).machine().state()).isPresent();
  }

  @Test
  void a_machine_that_moved_to_another_gym_has_only_the_states_reported_there() {
    store.floorPlans().register(plan(GATEWAY.gym(), "g-gw", BIKE, ROWER));
    store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
    store.floorPlans().register(plan(GATEWAY.gym(), "g-gw", ROWER));
    store.floorPlans().register(plan(OTHER, "other-gw", BIKE));
    assertThat(machine(BIKE).branch().gym().id()).isEqualTo(OTHER);
    assertThat(machine(BIKE).machine().state()).isEmpty();
    CurrentState moved =
        new CurrentState(
            BIKE,
            OTHER,
            CARDIO,
            MachineStatus.OCCUPIED,
            Optional.empty(),
            NOON.minusSeconds(5),
            NOON,
            1);
    store.current().offer(moved);
    assertThat(machine(BIKE).machine().state()).contains(moved);
    assertThat(store.queries().branches().find(OTHER).orElseThrow().machines())
        .extracting(BranchMachine::state)
        .containsExactly(Optional.of(moved));
  }

  @Test
  void a_branch_may_have_many_machines() {
    MachineId[] machines = new MachineId[230];
    List<CurrentState> states = new ArrayList<>();
    for (int i = 0; i < machines.length; i++) {
      machines[i] = new MachineId("machine-%03d".formatted(machines.length - i));
      states.add(state(machines[i], MachineStatus.FREE, NOON, NOON, i));
    }
    store.floorPlans().register(plan(GATEWAY.gym(), "g-gw", machines));
    store.current().offer(states);
    BranchDetail detail = store.queries().branches().find(GATEWAY.gym()).orElseThrow();
    assertThat(detail.machines()).extracting(BranchMachine::id).containsExactly(machines);
    assertThat(detail.machines()).allMatch(it -> it.state().isPresent());
    assertThat(summaries(1).getFirst().categories())
        .containsExactly(new CategoryCounts(CARDIO, machines.length, machines.length, 0));
  }

  @Test
  void history_and_aggregates_are_those_of_the_store() {
    store.events().store(GATEWAY, OUTBOX, List.of(event(1, BIKE, NOON)));
    assertThat(store.queries().machines().history(BIKE, NOON, NOON.plusSeconds(1)))
        .isEqualTo(store.events().history(BIKE, NOON, NOON.plusSeconds(1)))
        .hasSize(1);
    BinKey key = new BinKey(GATEWAY.gym(), CARDIO, Window.of(NOON));
    CategoryBin bin = new CategoryBin(key, Map.of(BIKE, MachineBin.UNKNOWN));
    store.aggregates().replace(Optional.empty(), bin);
    Instant end = NOON.plusSeconds(60);
    assertThat(store.queries().aggregates().range(GATEWAY.gym(), CARDIO, NOON, end, end))
        .isEqualTo(store.aggregates().range(GATEWAY.gym(), CARDIO, NOON, end, end))
        .hasSize(1);
  }

  private Branch branch() {
    return store.queries().branches().find(GATEWAY.gym()).orElseThrow().branch();
  }

  private MachineDetail machine(MachineId machine) {
    return store.queries().machines().find(machine).orElseThrow();
  }

  private List<BranchSummary> summaries(int size) {
    List<BranchSummary> all = new ArrayList<>();
    Page.each(
        (Optional<GymId> after) -> store.queries().branches().summaries(after, size), all::addAll);
    return all;
  }

  private void putPresence(GatewayPresence presence) {
    assertThat(store.gateways().replace(Optional.empty(), Gateway.of(presence))).isTrue();
  }

  private static FloorPlan plan(GymId gym, String gateway, MachineId... machines) {
    return new FloorPlan(
        new Gym(gym, "Gym", 1, 2, ZoneId.of("UTC")),
        new GatewayId(gateway),
        List.of(machines).stream()
            .map(it -> new Machine(it, CARDIO, "Machine", 0, 0, List.of()))
            .toList());
  }
}
