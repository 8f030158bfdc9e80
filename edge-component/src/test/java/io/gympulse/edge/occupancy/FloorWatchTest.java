package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.edge.occupancy.SensorHealth.Verdict;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.process.ProcessClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FloorWatchTest {
  // Set by hand; the watch looks at it at least once a second.
  private final AtomicLong millis = new AtomicLong();
  private final Queue<MachineState> recorded = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> durable = new CompletableFuture<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final HandFedSource seat = new HandFedSource("seat");
  private final HandFedSource motion = new HandFedSource("motion");
  private volatile Optional<Error> failure = Optional.empty();
  private FloorWatch watch;

  @BeforeEach
  void watch() {
    var detector =
        new OccupancyDetector(
            Floor.machine(Floor.level("seat", 20), Floor.pulse("motion", 60_000)),
            Floor.STUCK_AFTER);
    MachineState start = Floor.unknown(UnknownReason.NO_READING, 0);
    watch =
        new FloorWatch(
            Map.of(detector, detector.initial(start)),
            () -> Floor.at(millis.get()),
            ProcessClock.real(),
            it -> {
              failure.ifPresent(
                  error -> {
                    throw error;
                  });
              if (refusals.getAndDecrement() > 0) {
                throw new IllegalStateException("no room");
              }
              recorded.add(it);
              return durable;
            });
    watch.start(List.of(seat, motion));
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void a_reading_becomes_a_transition_once_it_has_settled() {
    seat.says(true, Floor.at(0));
    millis.set(20);
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded).containsExactly(Floor.occupied(0));
    assertThat(watch.states()).containsExactly(Floor.occupied(0));
  }

  @Test
  void nothing_is_vouched_for_beyond_a_transition_that_is_not_durable() {
    millis.set(1_000);
    await().until(() -> watch.coveredTo().equals(Optional.of(Floor.at(1_000))));
    seat.says(true, Floor.at(1_000));
    millis.set(2_000);
    await().until(() -> !recorded.isEmpty());
    millis.set(9_000);
    seat.says(false, Floor.at(8_000));
    await().until(() -> recorded.size() == 2);
    assertThat(watch.coveredTo()).contains(Floor.at(1_000));
    durable.complete(null);
    await().until(() -> watch.coveredTo().filter(Floor.at(8_000)::isBefore).isPresent());
  }

  @Test
  void a_reading_from_before_what_was_vouched_for_is_moved_up() {
    millis.set(60_000);
    await().until(() -> watch.coveredTo().equals(Optional.of(Floor.at(60_000))));
    seat.says(true, Floor.at(5_000));
    millis.set(61_000);
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded).containsExactly(Floor.occupied(60_000));
  }

  @Test
  void a_failing_source_makes_its_machines_unknown() {
    millis.set(1_000);
    seat.becomes(new SourceStatus.Failing("no chip"));
    motion.becomes(new SourceStatus.Failing("no chip"));
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded).containsExactly(Floor.unknown(UnknownReason.SOURCE_DOWN, 1_000));
    assertThat(watch.health())
        .extracting(SensorHealth::verdict)
        .containsExactly(Verdict.CUT_OFF, Verdict.CUT_OFF);
  }

  @Test
  void a_device_that_is_away_makes_its_machines_unknown_until_it_speaks() {
    motion.becomes(new SourceStatus.Running());
    millis.set(60_000);
    seat.says(true, Floor.at(60_000));
    millis.set(61_000);
    await().until(() -> recorded.size() == 1);
    seat.isAway();
    await().until(() -> recorded.size() == 2);
    seat.says(true, Floor.at(61_000));
    millis.set(62_000);
    await().until(() -> recorded.size() == 3);
    assertThat(recorded)
        .containsExactly(
            Floor.occupied(60_000),
            Floor.unknown(UnknownReason.SOURCE_DOWN, 61_000),
            Floor.occupied(61_000));
  }

  @Test
  void a_quiet_pulse_sensor_is_free_since_its_device_is_back() {
    durable.complete(null);
    seat.says(false, Floor.at(0));
    motion.becomes(new SourceStatus.Running());
    motion.isAway();
    millis.set(5_000);
    await().until(() -> watch.coveredTo().equals(Optional.of(Floor.at(5_000))));
    motion.isBack();
    millis.set(65_000);
    await().until(() -> recorded.contains(Floor.free(5_000)));
    assertThat(watch.states()).containsExactly(Floor.free(5_000));
  }

  @Test
  void a_quiet_pulse_sensor_is_free_since_its_source_runs() {
    motion.becomes(new SourceStatus.Running());
    seat.says(false, Floor.at(0));
    millis.set(60_000);
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded).containsExactly(Floor.free(0));
  }

  @Test
  void a_transition_that_is_refused_is_recorded_later_and_not_vouched_for_before() {
    durable.complete(null);
    refusals.set(2);
    seat.says(true, Floor.at(0));
    millis.set(20);
    await().until(() -> !recorded.isEmpty());
    assertThat(refusals).hasNonPositiveValue();
    assertThat(recorded).containsExactly(Floor.occupied(0));
    await().until(() -> watch.coveredTo().equals(Optional.of(Floor.at(20))));
  }

  @Test
  void an_error_that_ends_the_watch_is_told() {
    failure = Optional.of(new NoClassDefFoundError("Missing"));
    seat.says(true, Floor.at(0));
    millis.set(20);
    await().until(() -> watch.broken().isDone());
    assertThat(watch.broken()).isCompletedWithValue(failure.orElseThrow());
  }

  @Test
  void an_end_that_was_asked_for_is_no_breakage() {
    watch.close();
    assertThat(watch.broken().isDone()).isFalse();
  }

  @Test
  void what_is_learnt_can_be_handed_on() throws UnreadableStateException {
    durable.complete(null);
    motion.becomes(new SourceStatus.Running());
    millis.set(600_000);
    await().until(() -> watch.coveredTo().equals(Optional.of(Floor.at(600_000))));
    seat.says(true, Floor.at(600_000));
    millis.set(1_200_000);
    await().until(() -> watch.states().contains(Floor.occupied(600_000)));
    seat.says(false, Floor.at(1_200_000));
    millis.set(1_300_000);
    await().until(() -> watch.states().contains(Floor.free(1_200_000)));
    String text = watch.histories().text();
    assertThat(text).startsWith("dwells 1\nseat ");
    assertThat(DwellHistories.parse(text).text()).isEqualTo(text);
  }
}
