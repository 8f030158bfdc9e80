package io.gympulse.cloud.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.floorplan.FloorPlans.PlanConflictException;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The contract of every adapter of the floor plans.
public abstract class FloorPlansContract extends StoreContract {
  @Test
  void a_machine_is_located_on_the_plan_that_owns_it() {
    FloorPlan plan = plan("g", "g-gw", BIKE, ROWER);
    store.floorPlans().register(plan);
    assertThat(store.floorPlans().locate(BIKE).orElseThrow().owner()).isEqualTo(plan.address());
    assertThat(store.floorPlans().locate(new MachineId("other"))).isEmpty();
    assertThat(store.floorPlans().find(new GymId("g"))).contains(plan);
    assertThat(store.floorPlans().all()).containsExactly(plan);
  }

  @Test
  void a_plan_is_replaced_by_its_gym_and_by_no_other() {
    store.floorPlans().register(plan("g", "g-gw", BIKE, ROWER));
    store.floorPlans().register(plan("g", "g-gw", BIKE));
    assertThat(store.floorPlans().locate(ROWER)).isEmpty();
    assertThatThrownBy(() -> store.floorPlans().register(plan("h", "h-gw", BIKE)))
        .isInstanceOf(PlanConflictException.class)
        .hasMessageContaining("bike");
    assertThatThrownBy(() -> store.floorPlans().register(plan("h", "g-gw", ROWER)))
        .isInstanceOf(PlanConflictException.class)
        .hasMessageContaining("g-gw");
    assertThat(store.floorPlans().all()).hasSize(1);
  }

  @Test
  void machines_of_a_removed_plan_are_on_no_plan_and_can_be_registered_by_another_gym() {
    store.floorPlans().register(plan("g", "g-gw", BIKE, ROWER));
    store.floorPlans().register(plan("h", "h-gw", new MachineId("press")));
    assertThat(store.floorPlans().remove(new GymId("g"))).isTrue();
    assertThat(store.floorPlans().locate(BIKE)).isEmpty();
    assertThat(store.floorPlans().find(new GymId("g"))).isEmpty();
    assertThat(store.floorPlans().all()).hasSize(1);

    FloorPlan other = plan("i", "g-gw", BIKE);
    store.floorPlans().register(other);
    assertThat(store.floorPlans().locate(BIKE).orElseThrow().owner()).isEqualTo(other.address());
    FloorPlan again = plan("g", "g-gw-2", ROWER);
    store.floorPlans().register(again);
    assertThat(store.floorPlans().find(new GymId("g"))).contains(again);
  }

  @Test
  void a_gym_without_a_plan_is_not_removed() {
    store.floorPlans().register(plan("g", "g-gw", BIKE));
    assertThat(store.floorPlans().remove(new GymId("h"))).isFalse();
    assertThat(store.floorPlans().remove(new GymId("g"))).isTrue();
    assertThat(store.floorPlans().remove(new GymId("g"))).isFalse();
    assertThat(store.floorPlans().all()).isEmpty();
  }

  @Test
  void data_of_a_removed_plan_stays() {
    FloorPlan plan = plan("g", "g-gw", BIKE);
    store.floorPlans().register(plan);
    store.events().store(plan.address(), OUTBOX, List.of(event(1, BIKE, NOON)));
    store.current().offer(List.of(state(BIKE, MachineStatus.OCCUPIED, NOON, NOON, 1)));
    store.floorPlans().remove(new GymId("g"));
    assertThat(store.events().count()).isEqualTo(1);
    assertThat(store.events().history(BIKE, NOON, NOON.plusSeconds(1))).hasSize(1);
    assertThat(store.current().find(plan.gym().id(), BIKE)).isPresent();
  }

  private static FloorPlan plan(String gym, String gateway, MachineId... machines) {
    return new FloorPlan(
        new Gym(new GymId(gym), "Gym", 1, 2, ZoneId.of("Europe/Zurich")),
        new GatewayId(gateway),
        List.of(machines).stream()
            .map(it -> new Machine(it, new CategoryId("cardio"), "Machine", 0, 0, List.of()))
            .toList());
  }
}
