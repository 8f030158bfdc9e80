package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Machine.Fusion;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.process.ProcessClock;
import java.time.Instant;
import java.util.LinkedHashMap;
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
  private static final long MINUTE = 60_000;

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
    start(
        List.of(seat, motion),
        TestMachine.machine(TestMachine.level("seat", 20), TestMachine.pulse("motion", 60_000)));
  }

  private void start(List<ReadingSource> sources, Machine... machines) {
    Map<OccupancyDetector, OccupancyState> initial = new LinkedHashMap<>();
    for (Machine machine : machines) {
      var detector = new OccupancyDetector(machine, TestMachine.STUCK_AFTER);
      initial.put(
          detector,
          detector.initial(
              new MachineState(
                  machine.id(),
                  MachineStatus.UNKNOWN,
                  TestMachine.at(0),
                  Optional.of(UnknownReason.NO_READING))));
    }
    loop =
        new OccupancyLoop(
            initial, () -> TestMachine.at(millis.get()), ProcessClock.real(), new Sink());
    loop.start(sources);
  }

  @Test
  void a_sensor_that_holds_for_90_minutes_while_its_neighbour_is_quiet_is_stuck() {
    loop.close();
    ManualSource bike = new ManualSource("pedal");
    ManualSource bench = new ManualSource("mat");
    start(
        List.of(bike, bench),
        TestMachine.machine(TestMachine.level("pedal", 0)),
        new Machine(
            new MachineId("bench"),
            new CategoryId("bench"),
            "Bench",
            0,
            0,
            List.of(TestMachine.level("mat", 0)),
            Fusion.ANY));
    bike.read(true, now());
    bench.read(false, now());
    await().until(() -> recorded.size() == 2);
    durable.complete(null);
    millis.set(89 * MINUTE);
    await().until(() -> loop.watermark().equals(Optional.of(TestMachine.at(89 * MINUTE))));
    bike.read(true, now());
    assertThat(loop.verdicts().getFirst().verdict()).isEqualTo("occupied");
    millis.set(91 * MINUTE);
    await().until(() -> loop.verdicts().getFirst().verdict().equals("stuck"));
    assertThat(loop.verdicts().getFirst().reason())
        .isEqualTo("it was active for 90 minutes without a change while no other machine was used");
    assertThat(loop.verdicts().getLast().verdict()).isEqualTo("free");
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
