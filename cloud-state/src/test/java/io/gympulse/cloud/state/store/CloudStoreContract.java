package io.gympulse.cloud.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.state.floor.UnregisteredMachine;
import io.gympulse.contract.event.MachineStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every adapter of the store as a whole promises.
public abstract class CloudStoreContract extends StoreContract {
  @Test
  void unregistered_machines_are_counted_apart() {
    store.unregistered().seen(GATEWAY.gym(), BIKE, NOON);
    store.unregistered().seen(GATEWAY.gym(), BIKE, NOON.plusSeconds(5));
    assertThat(store.unregistered().all())
        .containsExactly(
            new UnregisteredMachine(GATEWAY.gym(), BIKE, NOON, NOON.plusSeconds(5), 2));
  }

  @Test
  void what_was_interrupted_can_be_done_again() {
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
    assertThat(store.current().find(BIKE)).isPresent();
  }
}
