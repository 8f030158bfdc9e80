package io.gympulse.edge.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.occupancy.SensorHealth.Verdict;
import io.gympulse.process.ProcessClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Forty machines on a real thread, one of them with a sensor that speaks without end.
class MadSensorTest {
  private static final int MACHINES = 40;
  private static final int MINUTES = 30;
  private static final long MINUTE = 60_000;
  private static final int SAID_PER_MINUTE = 10_000;

  // Set by hand, so that times can be compared exactly.
  private final AtomicLong millis = new AtomicLong();
  private final Queue<MachineState> recorded = new ConcurrentLinkedQueue<>();
  private final List<HandFedSource> seats = new ArrayList<>();
  private final AtomicLong said = new AtomicLong();
  private volatile boolean quiet;

  @Test
  void one_that_speaks_without_end_leaves_the_others_exact() throws InterruptedException {
    try (FloorWatch watch =
        new FloorWatch(
            floor(), () -> Floor.at(millis.get()), ProcessClock.real(), this::recorded)) {
      watch.start(List.copyOf(seats));
      Thread mad = Thread.ofPlatform().daemon().unstarted(this::speak);
      for (int minute = 1; minute <= MINUTES; minute++) {
        changeAllSaneSeats(minute);
        // Once the clock stands: the changes before the verdict are then all of one minute.
        if (minute == 1) {
          mad.start();
        }
        int expected = minute * (MACHINES - 1);
        long spoken = (long) minute * SAID_PER_MINUTE;
        await().until(() -> said.get() >= spoken && recorded.size() - of(0).size() >= expected);
      }
      assertThat(watch.health().getFirst().verdict()).isIn(Verdict.FLOODING, Verdict.CHATTERING);
      quiet = true;
      mad.join();
      millis.addAndGet(5 * MINUTE);
      await().until(() -> watch.health().getFirst().verdict() == Verdict.SOUND);
    }
    for (int i = 1; i < MACHINES; i++) {
      assertThat(of(i)).isEqualTo(alternating(i));
    }
    // Some changes before the verdict, then nothing until it is calm.
    assertThat(of(0)).hasSizeLessThan(16);
  }

  private void speak() {
    for (long i = 0; !quiet; i++) {
      seats.getFirst().says(i % 2 == 0, Floor.at(millis.get()));
      said.incrementAndGet();
    }
  }

  private void changeAllSaneSeats(int minute) {
    long now = millis.addAndGet(MINUTE);
    for (HandFedSource seat : seats.subList(1, MACHINES)) {
      seat.says(minute % 2 == 1, Floor.at(now));
    }
  }

  private static List<MachineState> alternating(int machine) {
    List<MachineState> expected = new ArrayList<>();
    for (int minute = 1; minute <= MINUTES; minute++) {
      expected.add(
          new MachineState(
              id(machine),
              minute % 2 == 1 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
              Floor.at(minute * MINUTE),
              Optional.empty()));
    }
    return expected;
  }

  private List<MachineState> of(int machine) {
    return recorded.stream().filter(it -> it.machine().equals(id(machine))).toList();
  }

  private CompletableFuture<?> recorded(MachineState transition) {
    recorded.add(transition);
    return CompletableFuture.completedFuture(null);
  }

  private Map<OccupancyDetector, OccupancyState> floor() {
    Map<OccupancyDetector, OccupancyState> floor = new LinkedHashMap<>();
    for (int i = 0; i < MACHINES; i++) {
      seats.add(new HandFedSource("seat-" + i));
      Machine machine =
          new Machine(
              id(i), new CategoryId("bike"), "Bike", 0, 0, List.of(Floor.level("seat-" + i, 0)));
      OccupancyDetector detector = new OccupancyDetector(machine, Floor.STUCK_AFTER);
      MachineState unread =
          new MachineState(
              id(i), MachineStatus.UNKNOWN, Floor.at(0), Optional.of(UnknownReason.NO_READING));
      floor.put(detector, detector.initial(unread));
    }
    return floor;
  }

  private static MachineId id(int machine) {
    return new MachineId("bike-" + machine);
  }
}
