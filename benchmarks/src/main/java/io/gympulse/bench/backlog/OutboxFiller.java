package io.gympulse.bench.backlog;

import io.gympulse.bench.wire.GymEventStream;
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

/// Appends a gym's events, up to an hour ago, to a gateway's outbox.
final class OutboxFiller {
  private static final int UNFLUSHED_LIMIT = 10_000;
  private static final BootId BOOT = new BootId("before-the-outage");

  private OutboxFiller() {}

  /// No other process may have the outbox open.
  static OutboxId append(
      Path folder, GymEventStream gym, long seed, int count, InstantSource clock) {
    List<MachineEvent> events = gym.events(seed, count);
    Duration shift =
        Duration.between(events.getLast().at(), clock.instant().minus(Duration.ofHours(1)));
    try (SqliteOutbox outbox = SqliteOutbox.open(folder, clock)) {
      CompletableFuture<Sequence> last = new CompletableFuture<>();
      for (int i = 0; i < count; i++) {
        last = outbox.append(occurrence(events.get(i), shift));
        if (i % UNFLUSHED_LIMIT == 0) {
          last.join();
        }
      }
      last.join();
      return outbox.id();
    }
  }

  private static Occurrence occurrence(MachineEvent event, Duration shift) {
    Instant at = event.at().plus(shift);
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
