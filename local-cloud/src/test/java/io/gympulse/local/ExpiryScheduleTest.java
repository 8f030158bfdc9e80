package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.process.ProcessClock;
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
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final ProcessClock clock = ProcessClock.scaled(Instant.EPOCH, 1, now::get);

  @Test
  void events_are_removed_thirty_days_after_they_happened() {
    try (SqliteCloudStore store = SqliteCloudStore.open(folder.resolve("cloud.db"), clock)) {
      store.events().store(TestCloud.GATEWAY, OutboxId.random(), events(11_000, NOON));
      store.events().store(TestCloud.GATEWAY, OutboxId.random(), events(20, NOON.plusSeconds(60)));
      try (ExpirySchedule _ = ExpirySchedule.start(store, clock)) {
        now.set(NOON.plus(Duration.ofDays(30)).plusSeconds(60));
        store.expiryClock().accept();
        await().until(() -> store.events().count() == 20);
        now.set(NOON.plus(Duration.ofDays(31)));
        store.expiryClock().accept();
        await().until(() -> store.events().count() == 0);
      }
    }
  }

  @Test
  void a_clock_that_leaps_removes_nothing_and_is_reported() {
    try (SqliteCloudStore store = SqliteCloudStore.open(folder.resolve("cloud.db"), clock)) {
      store.events().store(TestCloud.GATEWAY, OutboxId.random(), events(96, NOON));
      try (ExpirySchedule expiry = ExpirySchedule.start(store, clock)) {
        now.set(NOON.plus(Duration.ofDays(400)));
        await().until(() -> expiry.health().path("leaps").asInt() == 1);
        assertThat(expiry.health().path("heldBackSeconds").asLong()).isGreaterThan(399 * 86_400L);
        now.set(NOON.plusSeconds(75));
        assertThat(expiry.health().path("heldBackSeconds").asLong()).isZero();
      }
      assertThat(store.events().count()).isEqualTo(96);
    }
  }

  private static List<MachineEvent> events(int count, Instant at) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(seq -> Batches.event(new Sequence(seq), at))
        .toList();
  }
}
