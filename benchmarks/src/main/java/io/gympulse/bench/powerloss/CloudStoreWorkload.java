package io.gympulse.bench.powerloss;

import io.gympulse.bench.powerloss.DiskRecording.Step;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/// The cloud's store: batches of one gateway's events, and restarts.
final class CloudStoreWorkload implements Workload {
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("riverside"), new GatewayId("riverside-gw"));
  private static final OutboxId OUTBOX = new OutboxId(new UUID(7, 7));
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String FILE = "cloud.db";
  private static final int BATCHES = 400;
  private static final int MAX_BATCH = 40;

  /// Marks that events up to this sequence number may be acknowledged.
  private record Stored(long last) {}

  @Override
  public String name() {
    return "cloud";
  }

  @Override
  public void record(Path folder, DiskRecording recording, RandomGenerator random) {
    SqliteCloudStore store = SqliteCloudStore.open(folder.resolve(FILE));
    try {
      long last = 0;
      for (int batch = 1; batch <= BATCHES; batch++) {
        long first = last + 1;
        last += 1 + random.nextInt(MAX_BATCH);
        List<MachineEvent> events =
            LongStream.rangeClosed(first, last).mapToObj(CloudStoreWorkload::event).toList();
        store.events().store(GATEWAY, OUTBOX, events);
        recording.mark(new Stored(last));
        if (batch % (BATCHES / 3) == 0) {
          store.close();
          store = SqliteCloudStore.open(folder.resolve(FILE));
        }
      }
    } finally {
      store.close();
    }
  }

  private static MachineEvent event(long seq) {
    return new MachineEvent(
        new Sequence(seq),
        new MachineId("bike-" + seq % 24),
        seq % 2 == 0 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
        Optional.empty(),
        NOON.plusSeconds(seq),
        TimeQuality.SYNCED);
  }

  @Override
  public Verdict verify(Path folder, List<Step> before) {
    long last = 0;
    for (Step step : before) {
      if (step instanceof Step.Mark(Stored(long seq))) {
        last = Math.max(last, seq);
      }
    }
    try (SqliteCloudStore store = SqliteCloudStore.open(folder.resolve(FILE))) {
      List<SeqRange> ranges = store.events().stored(OUTBOX);
      long stored =
          ranges.isEmpty() || ranges.getFirst().first().value() > 1
              ? 0
              : ranges.getFirst().last().value();
      boolean refused = !store.events().store(GATEWAY, OUTBOX, List.of(event(1))).isEmpty();
      return new Verdict(Math.max(0, last - stored) + (refused ? 1 : 0), 0, 0);
    } catch (StoreUnavailableException e) {
      return new Verdict(0, 0, 1);
    }
  }
}
