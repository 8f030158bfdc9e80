package io.gympulse.bench.powerloss;

import io.gympulse.bench.powerloss.DiskRecording.Step;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.OutboxException;
import io.gympulse.edge.outbox.OutboxSettings;
import io.gympulse.edge.outbox.OutboxSettings.FileSettings;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/// A gateway's outbox: single events and bursts, acknowledgements, and restarts.
final class OutboxWorkload implements Workload {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final InstantSource TIME = InstantSource.fixed(NOON);
  private static final int TURNS = 150;
  private static final int LARGEST_BURST = 12;

  /// Checkpoints and deletions happen much more often than with the default settings.
  private static final OutboxSettings SETTINGS =
      new OutboxSettings(OutboxSettings.Limits.DEFAULT, new FileSettings(512, 150, 25));

  /// Marks that the event's append has returned.
  private record Appended(long seq) {}

  /// Marks that the event may be deleted.
  private record Acknowledged(long seq) {}

  @Override
  public String name() {
    return "outbox";
  }

  @Override
  public void record(Path folder, DiskRecording recording, RandomGenerator random) {
    long acknowledged = 0;
    SqliteOutbox outbox = SqliteOutbox.open(folder, SETTINGS, TIME);
    try {
      for (int turn = 1; turn <= TURNS; turn++) {
        long last = appended(outbox, 1 + random.nextInt(LARGEST_BURST), recording);
        if (random.nextInt(3) == 0) {
          long to = acknowledged + random.nextLong(last - acknowledged + 1);
          for (long seq = acknowledged + 1; seq <= to; seq++) {
            recording.mark(new Acknowledged(seq));
          }
          if (to > acknowledged) {
            outbox.acknowledge(List.of(SeqRange.of(acknowledged + 1, to))).join();
            acknowledged = to;
          }
        }
        if (turn % (TURNS / 3) == 0) {
          outbox.close();
          outbox = SqliteOutbox.open(folder, SETTINGS, TIME);
        }
      }
    } finally {
      outbox.close();
    }
  }

  private static long appended(SqliteOutbox outbox, int events, DiskRecording recording) {
    long last = 0;
    List<CompletableFuture<Sequence>> burst = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      burst.add(outbox.append(occurrence(outbox.counts().recorded() + i)));
    }
    for (CompletableFuture<Sequence> it : burst) {
      last = it.join().value();
      recording.mark(new Appended(last));
    }
    return last;
  }

  private static Occurrence occurrence(long number) {
    return new Occurrence(
        new MachineId("bike-" + number % 24),
        number % 2 == 0 ? MachineStatus.OCCUPIED : MachineStatus.FREE,
        Optional.empty(),
        new Stamp(
            new BootId("boot"),
            Duration.ofSeconds(number),
            Optional.of(new Stamp.Wall(NOON.plusSeconds(number), TimeQuality.SYNCED))));
  }

  @Override
  public Verdict verify(Path folder, List<Step> before) {
    long last = 0;
    long acknowledged = 0;
    for (Step step : before) {
      if (step instanceof Step.Mark(Appended(long seq))) {
        last = Math.max(last, seq);
      } else if (step instanceof Step.Mark(Acknowledged(long seq))) {
        acknowledged = Math.max(acknowledged, seq);
      }
    }
    try (SqliteOutbox outbox = SqliteOutbox.open(folder, SETTINGS, TIME)) {
      boolean setAside = outbox.setAside().isPresent();
      Map<Long, MachineEvent> present = new HashMap<>();
      outbox.peek(0, Integer.MAX_VALUE).forEach(it -> present.put(it.seq().value(), it));
      long lost = 0;
      for (long seq = acknowledged + 1; seq <= last; seq++) {
        lost += present.containsKey(seq) ? 0 : 1;
      }
      long next = outbox.append(occurrence(1)).join().value();
      boolean repeated = next <= last || present.containsKey(next);
      return new Verdict(lost + (repeated ? 1 : 0), setAside ? 1 : 0, 0);
    } catch (OutboxException e) {
      return new Verdict(0, 0, 1);
    }
  }
}
