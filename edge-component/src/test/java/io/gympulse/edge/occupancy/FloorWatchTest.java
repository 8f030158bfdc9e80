package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.clock.ProcessClock;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorListener;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SensorSource;
import io.gympulse.edge.sensing.SourceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FloorWatchTest {
  private final ProcessClock clock = ProcessClock.real();
  private final Queue<MachineState> recorded = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> durable = new CompletableFuture<>();
  private final Chair chair = new Chair();
  private FloorWatch watch;

  @BeforeEach
  void watch() {
    var detector = new OccupancyDetector(Floor.machine(Floor.level("seat", 20)), Floor.STUCK_AFTER);
    watch =
        new FloorWatch(
            Map.of(
                detector,
                detector.initial(
                    new MachineState(
                        Floor.MACHINE,
                        MachineStatus.UNKNOWN,
                        clock.instant(),
                        Optional.of(UnknownReason.NO_READING)))),
            clock,
            clock,
            it -> {
              recorded.add(it);
              return durable;
            });
    watch.start(List.of(chair));
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void a_reading_becomes_a_transition_once_it_has_settled() {
    chair.says(true, clock.instant());
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded).extracting(MachineState::status).containsExactly(MachineStatus.OCCUPIED);
    assertThat(watch.states()).containsExactlyElementsOf(recorded);
  }

  @Test
  void nothing_is_vouched_for_beyond_a_transition_that_is_not_durable() {
    chair.says(true, clock.instant());
    await().until(() -> !recorded.isEmpty());
    Instant before = watch.coveredTo().orElse(Instant.MIN);
    assertThat(before).isBeforeOrEqualTo(recorded.element().since());
    durable.complete(null);
    await()
        .until(
            () -> watch.coveredTo().filter(clock.instant().minusMillis(100)::isBefore).isPresent());
  }

  @Test
  void a_reading_from_before_what_was_vouched_for_is_moved_up() {
    await().until(() -> watch.coveredTo().isPresent());
    Instant vouched = watch.coveredTo().orElseThrow();
    chair.says(true, vouched.minusSeconds(60));
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded.element().since()).isAfterOrEqualTo(vouched);
  }

  @Test
  void a_failing_source_makes_its_machines_unknown() {
    chair.listener.join().statusChanged(new SourceStatus.Failing("no chip"));
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded.element().reason()).contains(UnknownReason.SOURCE_DOWN);
  }

  @Test
  void a_device_that_is_away_makes_its_machines_unknown_until_it_speaks() {
    SensorListener listener = chair.listener.join();
    listener.unavailable(Set.of(new SensorId("seat")), "it says so");
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded.element().reason()).contains(UnknownReason.SOURCE_DOWN);
    chair.says(true, clock.instant());
    await().until(() -> recorded.size() == 2);
    assertThat(watch.states())
        .extracting(MachineState::status)
        .containsExactly(MachineStatus.OCCUPIED);
  }

  private static final class Chair implements SensorSource {
    private final CompletableFuture<SensorListener> listener = new CompletableFuture<>();

    void says(boolean active, Instant at) {
      listener.join().reading(new SensorReading(new SensorId("seat"), active, at));
    }

    @Override
    public Set<SensorId> sensors() {
      return Set.of(new SensorId("seat"));
    }

    @Override
    public void start(SensorListener it) {
      listener.complete(it);
    }

    @Override
    public SourceStatus status() {
      return new SourceStatus.Running();
    }

    @Override
    public void close() {}
  }
}
