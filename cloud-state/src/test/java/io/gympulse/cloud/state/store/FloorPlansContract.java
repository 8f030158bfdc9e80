package io.gympulse.cloud.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.state.floor.PlanConflictException;
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

/// What every adapter of the floor plans promises.
public abstract class FloorPlansContract extends StoreContract {
  @Test
  void a_machine_is_located_on_the_plan_that_owns_it() {
    FloorPlan plan = plan("g", "g-gw", BIKE, ROWER);
    store.floorPlans().register(plan);
    assertThat(store.floorPlans().locate(BIKE).orElseThrow().owner()).isEqualTo(plan.address());
    assertThat(store.floorPlans().locate(new MachineId("other"))).isEmpty();
    assertThat(store.floorPlans().find(new GymId("g"))).contains(plan);
    assertThat(store.view().floorPlans()).containsExactly(plan);
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

  private static FloorPlan plan(String gym, String gateway, MachineId... machines) {
    return new FloorPlan(
        new Gym(new GymId(gym), "Gym", 1, 2, ZoneId.of("Europe/Zurich")),
        new GatewayId(gateway),
        List.of(machines).stream()
            .map(it -> new Machine(it, new CategoryId("cardio"), "Machine", 0, 0, List.of()))
            .toList());
  }
}
