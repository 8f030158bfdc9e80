package io.gympulse.cloud.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines.UnregisteredMachine;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The contract of every adapter of the store as a whole.
public abstract class CloudStoreContract extends StoreContract {
  @Test
  void unregistered_machines_are_counted_apart() {
    store.unregistered().report(GATEWAY.gym(), BIKE, NOON);
    store.unregistered().report(GATEWAY.gym(), BIKE, NOON.plusSeconds(5));
    assertThat(store.unregistered().page(Optional.empty(), 9).items())
        .containsExactly(
            new UnregisteredMachine(GATEWAY.gym(), BIKE, NOON, NOON.plusSeconds(5), 2));
  }

  @Test
  void unregistered_machines_are_read_page_by_page() {
    List<MachineId> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      MachineId machine = new MachineId("stray-" + i);
      assertThat(store.unregistered().report(GATEWAY.gym(), machine, NOON)).isTrue();
      all.add(machine);
    }
    for (int size : new int[] {1, 3, 7, 50}) {
      assertThat(unregistered(size)).as("pages of %d", size).isEqualTo(all);
    }
    assertThat(store.unregistered().page(Optional.empty(), 3).items()).hasSize(3);
  }

  @Test
  void a_machine_on_its_gyms_plan_is_no_longer_unregistered() {
    GymId other = new GymId("other");
    for (MachineId machine : List.of(BIKE, ROWER)) {
      store.unregistered().report(GATEWAY.gym(), machine, NOON);
    }
    store.unregistered().report(other, ROWER, NOON);
    store
        .floorPlans()
        .register(
            new FloorPlan(
                new Gym(GATEWAY.gym(), "Gym", 1, 2, ZoneOffset.UTC),
                GATEWAY.gateway(),
                List.of(new Machine(BIKE, new CategoryId("cardio"), "Bike", 0, 0, List.of()))));
    assertThat(store.unregistered().page(Optional.empty(), 9).items())
        .extracting(UnregisteredMachine::key)
        .containsExactlyInAnyOrder(
            new UnregisteredMachine.Key(GATEWAY.gym(), ROWER),
            new UnregisteredMachine.Key(other, ROWER));
  }

  @Test
  void a_gym_has_only_so_many_unregistered_machines() {
    UnregisteredMachines unregistered = store.unregistered();
    store.together(
        () -> {
          for (int i = 0; i < UnregisteredMachines.MOST_PER_GYM; i++) {
            unregistered.report(GATEWAY.gym(), new MachineId("stray-" + i), NOON);
          }
        });
    assertThat(unregistered.report(GATEWAY.gym(), BIKE, NOON)).isFalse();
    assertThat(unregistered.report(GATEWAY.gym(), new MachineId("stray-7"), NOON)).isTrue();
    assertThat(unregistered.report(new GymId("other"), BIKE, NOON)).isTrue();
    assertThat(unregistered(100)).hasSize(UnregisteredMachines.MOST_PER_GYM + 1);
  }

  private List<MachineId> unregistered(int size) {
    List<MachineId> all = new ArrayList<>();
    Page.each(
        (Optional<UnregisteredMachine.Key> after) -> store.unregistered().page(after, size),
        some -> some.forEach(it -> all.add(it.machine())));
    return all;
  }

  @Test
  void an_interrupted_operation_can_be_repeated() {
    Runnable writes =
        () -> {
          store.events().store(GATEWAY, OUTBOX, List.of(event(1, BIKE, NOON)));
          store.current().offer(state(BIKE, MachineStatus.FREE, NOON, NOON, 1));
        };
    assertThatThrownBy(
            () ->
                store.together(
                    () -> {
                      writes.run();
                      throw new IllegalStateException("interrupted");
                    }))
        .hasMessage("interrupted");
    store.together(writes);
    assertThat(store.events().count()).isEqualTo(1);
    assertThat(store.current().find(GATEWAY.gym(), BIKE)).isPresent();
  }
}
