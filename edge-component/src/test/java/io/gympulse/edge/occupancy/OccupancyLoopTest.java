package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.SensorId;
import io.gympulse.process.ProcessClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OccupancyLoopTest {
  // Set by hand; the loop reads it at least once a second.
  private final AtomicLong millis = new AtomicLong();
  private final Queue<MachineState> recorded = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> durable = new CompletableFuture<>();
  private final ManualSource seat = new ManualSource("seat");
  private final ManualSource motion = new ManualSource("motion");
  private volatile Optional<Error> error = Optional.empty();
  private OccupancyLoop loop;

  @BeforeEach
  void start() {
    var detector =
        new OccupancyDetector(
            TestMachine.machine(TestMachine.level("seat", 20), TestMachine.pulse("motion", 60_000)),
            TestMachine.STUCK_AFTER);
    MachineState start = TestMachine.unknown(UnknownReason.NO_READING, 0);
    loop =
        new OccupancyLoop(
            Map.of(detector, detector.initial(start)),
            () -> TestMachine.at(millis.get()),
            ProcessClock.real(),
            new Sink());
    loop.start(List.of(seat, motion));
  }

  private final class Sink implements OccupancyLoop.TransitionSink {
    @Override
    public void record(MachineState transition) {
      error.ifPresent(
          thrown -> {
            throw thrown;
          });
      recorded.add(transition);
    }

    @Override
    public boolean isDurable() {
      return recorded.isEmpty() || durable.isDone();
    }
  }

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void a_reading_becomes_a_transition_once_it_has_settled() {
    seat.read(true, TestMachine.at(0));
    millis.set(20);
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded).containsExactly(TestMachine.occupied(0));
    assertThat(loop.states()).containsExactly(TestMachine.occupied(0));
  }

  @Test
  void the_watermark_does_not_pass_a_transition_that_is_not_durable() {
    millis.set(1_000);
    await().until(() -> loop.watermark().equals(Optional.of(TestMachine.at(1_000))));
    seat.read(true, TestMachine.at(1_000));
    millis.set(2_000);
    await().until(() -> !recorded.isEmpty());
    millis.set(9_000);
    seat.read(false, TestMachine.at(8_000));
    await().until(() -> recorded.size() == 2);
    assertThat(loop.watermark()).contains(TestMachine.at(1_000));
    durable.complete(null);
    await().until(() -> loop.watermark().filter(TestMachine.at(8_000)::isBefore).isPresent());
  }

  @Test
  void a_reading_from_before_the_watermark_is_dated_to_it() {
    millis.set(60_000);
    await().until(() -> loop.watermark().equals(Optional.of(TestMachine.at(60_000))));
    seat.read(true, TestMachine.at(5_000));
    millis.set(61_000);
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded).containsExactly(TestMachine.occupied(60_000));
  }

  @Test
  void a_failing_source_makes_its_machines_unknown() {
    millis.set(1_000);
    seat.setDown(now());
    motion.setDown(now());
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded).containsExactly(TestMachine.unknown(UnknownReason.SOURCE_DOWN, 1_000));
  }

  @Test
  void an_unavailable_device_makes_its_machines_unknown_until_its_next_reading() {
    motion.setUp(now());
    millis.set(60_000);
    seat.read(true, TestMachine.at(60_000));
    millis.set(61_000);
    await().until(() -> recorded.size() == 1);
    seat.setUnavailable(now());
    await().until(() -> recorded.size() == 2);
    seat.read(true, TestMachine.at(61_000));
    millis.set(62_000);
    await().until(() -> recorded.size() == 3);
    assertThat(recorded)
        .containsExactly(
            TestMachine.occupied(60_000),
            TestMachine.unknown(UnknownReason.SOURCE_DOWN, 61_000),
            TestMachine.occupied(61_000));
  }

  @Test
  void the_verdicts_name_each_sensor_with_its_cause() {
    millis.set(1_000);
    seat.read(true, now());
    motion.setUnavailable(now(), "topic cleared");
    millis.set(1_020);
    await().until(() -> !recorded.isEmpty());
    assertThat(loop.verdicts())
        .containsExactly(
            verdict("seat", "occupied", 1_000, ""),
            verdict("motion", "device-unavailable", 1_000, "topic cleared"));
  }

  private static SensorVerdict verdict(String sensor, String verdict, long since, String reason) {
    return new SensorVerdict(
        new SensorId(sensor), TestMachine.MACHINE, verdict, TestMachine.at(since), reason);
  }

  @Test
  void a_quiet_pulse_sensor_is_free_since_its_device_is_available_again() {
    durable.complete(null);
    seat.read(false, TestMachine.at(0));
    motion.setUp(now());
    motion.setUnavailable(now());
    millis.set(5_000);
    await().until(() -> loop.watermark().equals(Optional.of(TestMachine.at(5_000))));
    motion.setUp(now());
    millis.set(65_000);
    await().until(() -> recorded.contains(TestMachine.free(5_000)));
    assertThat(loop.states()).containsExactly(TestMachine.free(5_000));
  }

  @Test
  void a_quiet_pulse_sensor_is_free_since_its_source_runs() {
    motion.setUp(now());
    seat.read(false, TestMachine.at(0));
    millis.set(60_000);
    await().until(() -> !recorded.isEmpty());
    assertThat(recorded).containsExactly(TestMachine.free(0));
  }

  @Test
  void an_error_that_ends_the_loop_is_reported() {
    error = Optional.of(new NoClassDefFoundError("Missing"));
    seat.read(true, TestMachine.at(0));
    millis.set(20);
    await().until(() -> loop.broken().isDone());
    assertThat(loop.broken()).isCompletedWithValue(error.orElseThrow());
  }

  @Test
  void closing_is_not_reported_as_a_failure() {
    loop.close();
    assertThat(loop.broken().isDone()).isFalse();
  }

  @Test
  void dwell_histories_can_be_stored_and_read() throws DwellHistories.UnreadableException {
    durable.complete(null);
    motion.setUp(now());
    millis.set(600_000);
    await().until(() -> loop.watermark().equals(Optional.of(TestMachine.at(600_000))));
    seat.read(true, TestMachine.at(600_000));
    millis.set(1_200_000);
    await().until(() -> loop.states().contains(TestMachine.occupied(600_000)));
    seat.read(false, TestMachine.at(1_200_000));
    millis.set(1_300_000);
    await().until(() -> loop.states().contains(TestMachine.free(1_200_000)));
    String text = loop.histories().text();
    assertThat(text).startsWith("dwells 1\nseat ");
    assertThat(DwellHistories.parse(text).text()).isEqualTo(text);
  }

  private Instant now() {
    return TestMachine.at(millis.get());
  }
}
