package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.process.ProcessClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Forty machines on a real thread, one of them with a sensor that sends without pause.
class OverflowIsolationTest {
  private static final int MACHINES = 40;
  private static final int MINUTES = 30;
  private static final long MINUTE = 60_000;
  private static final int READINGS_PER_MINUTE = 10_000;

  // Set by hand, so that times can be compared exactly.
  private final AtomicLong millis = new AtomicLong();
  private final Queue<MachineState> recorded = new ConcurrentLinkedQueue<>();
  private final List<ManualSource> seats = new ArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean ended;

  @Test
  void a_sensor_that_sends_without_pause_has_no_effect_on_the_others() throws InterruptedException {
    try (OccupancyLoop loop =
        new OccupancyLoop(
            initialStates(), () -> TestMachine.at(millis.get()), ProcessClock.real(), new Sink())) {
      loop.start(List.copyOf(seats));
      Thread sender = Thread.ofPlatform().daemon().unstarted(this::sendWithoutPause);
      for (int minute = 1; minute <= MINUTES; minute++) {
        changeAllOtherSeats(minute);
        // Started when the clock stands still, so that all changes before the verdict have one
        // time.
        if (minute == 1) {
          sender.start();
        }
        int expected = minute * (MACHINES - 1);
        long expectedSent = (long) minute * READINGS_PER_MINUTE;
        await()
            .until(() -> sent.get() >= expectedSent && recorded.size() - of(0).size() >= expected);
      }
      assertThat(loop.states().getFirst().reason()).contains(UnknownReason.SENSOR_CHATTERING);
      ended = true;
      sender.join();
      millis.addAndGet(5 * MINUTE);
      await().until(() -> loop.states().getFirst().reason().isEmpty());
    }
    for (int i = 1; i < MACHINES; i++) {
      assertThat(of(i)).isEqualTo(alternating(i));
    }
    // Some changes before the verdict, then none until the quiet period is over.
    assertThat(of(0)).hasSizeLessThan(16);
  }

  private void sendWithoutPause() {
    for (long i = 0; !ended; i++) {
      seats.getFirst().read(i % 2 == 0, TestMachine.at(millis.get()));
      sent.incrementAndGet();
    }
  }

  private void changeAllOtherSeats(int minute) {
    long now = millis.addAndGet(MINUTE);
    for (ManualSource seat : seats.subList(1, MACHINES)) {
      seat.read(minute % 2 == 1, TestMachine.at(now));
    }
  }

  private static List<MachineState> alternating(int machine) {
    List<MachineState> expected = new ArrayList<>();
    for (int minute = 1; minute <= MINUTES; minute++) {
      expected.add(
          new MachineState(
              id(machine),
              minute % 2 == 1 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
              TestMachine.at(minute * MINUTE),
              Optional.empty()));
    }
    return expected;
  }

  private List<MachineState> of(int machine) {
    return recorded.stream().filter(it -> it.machine().equals(id(machine))).toList();
  }

  private final class Sink implements OccupancyLoop.TransitionSink {
    @Override
    public void record(MachineState transition) {
      recorded.add(transition);
    }

    @Override
    public boolean isDurable() {
      return true;
    }
  }

  private Map<OccupancyDetector, OccupancyState> initialStates() {
    Map<OccupancyDetector, OccupancyState> states = new LinkedHashMap<>();
    for (int i = 0; i < MACHINES; i++) {
      seats.add(new ManualSource("seat-" + i));
      Machine machine =
          new Machine(
              id(i),
              new CategoryId("bike"),
              "Bike",
              0,
              0,
              List.of(TestMachine.level("seat-" + i, 0)));
      OccupancyDetector detector = new OccupancyDetector(machine, TestMachine.STUCK_AFTER);
      MachineState unread =
          new MachineState(
              id(i),
              MachineStatus.UNKNOWN,
              TestMachine.at(0),
              Optional.of(UnknownReason.NO_READING));
      states.put(detector, detector.initial(unread));
    }
    return states;
  }

  private static MachineId id(int machine) {
    return new MachineId("bike-" + machine);
  }
}
