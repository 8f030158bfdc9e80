package io.gympulse.bench.backlog;

import io.gympulse.bench.wire.GymStream;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Fills a gateway's outbox through its port with what a gym did until an hour ago.
final class WaitingEvents {
  private static final int AT_ONCE = 10_000;
  private static final BootId BOOT = new BootId("before-the-outage");

  private WaitingEvents() {}

  /// Adds to what the outbox of this folder holds; nobody else may have it open.
  static OutboxId append(Path folder, GymStream gym, long seed, int count, InstantSource clock) {
    List<MachineEvent> events = gym.events(seed, count);
    Duration later =
        Duration.between(events.getLast().at(), clock.instant().minus(Duration.ofHours(1)));
    try (SqliteOutbox outbox = SqliteOutbox.open(folder, clock)) {
      CompletableFuture<Sequence> last = new CompletableFuture<>();
      for (int i = 0; i < count; i++) {
        last = outbox.append(occurrence(events.get(i), later));
        if (i % AT_ONCE == 0) {
          last.join();
        }
      }
      last.join();
      return outbox.id();
    }
  }

  private static Occurrence occurrence(MachineEvent event, Duration later) {
    Instant at = event.at().plus(later);
    return new Occurrence(
        event.machine(),
        event.status(),
        event.reason(),
        new Stamp(
            BOOT,
            Duration.between(Instant.EPOCH, at),
            Optional.of(new Stamp.Wall(at, TimeQuality.SYNCED))));
  }
}
