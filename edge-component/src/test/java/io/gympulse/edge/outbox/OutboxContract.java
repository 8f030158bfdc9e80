package io.gympulse.edge.outbox;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.MachineId;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The outbox under test and the events for it; a subclass for each port holds the tests.
abstract class OutboxContract {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final BootId BOOT = new BootId("boot-1");
  static final BootId LATER = new BootId("boot-2");
  static final BootId LATEST = new BootId("boot-3");
  static final OutboxSettings.Limits SMALL = new OutboxSettings.Limits(100, 40);

  Outbox outbox;

  abstract Outbox open(OutboxSettings.Limits limits);

  /// The outbox closed and opened again, if it survives that.
  abstract Outbox reopened(Outbox it, OutboxSettings.Limits limits);

  @BeforeEach
  void openDefault() {
    outbox = open(OutboxSettings.Limits.DEFAULT);
  }

  @AfterEach
  void close() {
    outbox.close();
  }

  /// Replaces the outbox by a small one, which coalesces at 90 events and is full at 100.
  void useSmallOutbox() {
    close();
    outbox = open(SMALL);
  }

  static Occurrence occurrence(int number) {
    return new Occurrence(
        new MachineId("bike-" + number % 2),
        number % 4 < 2 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
        Optional.empty(),
        stamp(number));
  }

  /// The occurrence of one of two machines that change their status each minute.
  static Occurrence minutely(int number) {
    return new Occurrence(
        new MachineId("treadmill-" + number % 2),
        number % 4 < 2 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
        Optional.empty(),
        stamp(number * 30L));
  }

  /// A stamp on the synchronised clock of the boot that began at noon.
  static Stamp stamp(long seconds) {
    return new Stamp(
        BOOT,
        Duration.ofSeconds(seconds),
        Optional.of(new Stamp.Wall(NOON.plusSeconds(seconds), TimeQuality.SYNCED)));
  }

  static Stamp unsynchronised(BootId boot, long seconds) {
    return new Stamp(boot, Duration.ofSeconds(seconds), Optional.empty());
  }

  static Occurrence unstamped(BootId boot, long seconds) {
    return new Occurrence(
        new MachineId("rower"),
        MachineStatus.OCCUPIED,
        Optional.empty(),
        unsynchronised(boot, seconds));
  }

  static List<Long> append(Outbox outbox, int events) {
    return IntStream.range(0, events)
        .mapToObj(it -> outbox.append(occurrence(it)).join().value())
        .toList();
  }

  static List<Long> seqs(List<MachineEvent> events) {
    return events.stream().map(it -> it.seq().value()).toList();
  }
}
