package io.gympulse.local;

import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.state.sqlite.SqliteCloudStore;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryScheduleTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir private Path folder = Path.of("");

  @Test
  void events_are_removed_thirty_days_after_they_happened() {
    AtomicReference<Instant> now = new AtomicReference<>(NOON);
    try (SqliteCloudStore store = SqliteCloudStore.open(folder.resolve("cloud.db"))) {
      store.events().store(TestCloud.GATEWAY, OutboxId.random(), events(11_000, NOON));
      store.events().store(TestCloud.GATEWAY, OutboxId.random(), events(20, NOON.plusSeconds(60)));
      try (ExpirySchedule _ = ExpirySchedule.start(store.expiry(), now::get)) {
        now.set(NOON.plus(Duration.ofDays(30)).plusSeconds(60));
        await().until(() -> store.events().count() == 20);
        now.set(NOON.plus(Duration.ofDays(31)));
        await().until(() -> store.events().count() == 0);
      }
    }
  }

  private static List<MachineEvent> events(int count, Instant at) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(seq -> Batches.event(new Sequence(seq), at))
        .toList();
  }
}
