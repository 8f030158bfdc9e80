package io.gympulse.bench.outbox;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A gym's events: 40 machines, one event every 8.64 seconds (10,000 a day), a week after boot.
final class GymEvents {
  private static final long EVERY_MILLIS = 8_640;
  private static final long MINUTE_MILLIS = 60_000;
  private static final Duration RUNNING = Duration.ofDays(7);
  private static final Instant BOOTED = Instant.parse("2026-03-01T12:00:00Z");
  private static final BootId BOOT = new BootId("7c1f6fd2-6a0e-4c55-8f0b-0d2f1f1a9f10");
  private static final List<MachineId> MACHINES =
      IntStream.range(0, 40).mapToObj(it -> new MachineId("machine-" + it)).toList();

  private GymEvents() {}

  static Occurrence occurrence(int number) {
    return new Occurrence(
        MACHINES.get(number % MACHINES.size()),
        number / MACHINES.size() % 2 == 0 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
        Optional.empty(),
        stamp(number));
  }

  static Stamp stamp(int number) {
    Duration sinceBoot = RUNNING.plus(Duration.ofMillis(EVERY_MILLIS * number));
    return new Stamp(
        BOOT, sinceBoot, Optional.of(new Stamp.Wall(BOOTED.plus(sinceBoot), TimeQuality.SYNCED)));
  }

  /// Whether this event is in another minute than the one before.
  static boolean beginsMinute(int number) {
    return minute(number) != minute(number - 1);
  }

  private static long minute(int number) {
    return Math.floorDiv(EVERY_MILLIS * number, MINUTE_MILLIS);
  }
}
