package io.gympulse.cloud.api.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedUpdatesTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final InMemoryCloudStore store = new InMemoryCloudStore();
  private final List<String> received = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void updates_are_delivered_from_the_newest_one_on_until_closed() {
    change("before");
    try (UpdateSource.Subscription _ = open()) {
      change("bike");
      await().until(() -> received.equals(List.of("connected", "bike")));
    }
    change("after");
    assertThat(received).containsExactly("connected", "bike");
  }

  @Test
  void clients_read_again_after_an_update_that_could_not_be_delivered() {
    try (UpdateSource.Subscription _ = open()) {
      change("broken");
      change("bike");
      await().until(() -> received.contains("bike"));
      assertThat(received).containsExactly("connected", "disconnected", "connected", "bike");
    }
  }

  private UpdateSource.Subscription open() {
    return new EmbeddedUpdates(store.feed(), InstantSource.fixed(NOON)).open(new Recorder());
  }

  private void change(String machine) {
    store
        .current()
        .offer(
            new CurrentState(
                new MachineId(machine),
                new GymId("g"),
                new CategoryId("cardio"),
                MachineStatus.FREE,
                Optional.empty(),
                NOON,
                NOON,
                1));
  }

  private final class Recorder implements UpdateListener {
    @Override
    public void accept(FeedUpdate update) {
      if (update instanceof FeedUpdate.MachineChanged(_, CurrentState state)) {
        if (state.machine().value().equals("broken")) {
          throw new IllegalStateException("cannot be encoded");
        }
        received.add(state.machine().value());
      }
    }

    @Override
    public void status(Status status) {
      received.add(status instanceof Status.Connected ? "connected" : "disconnected");
    }
  }
}
