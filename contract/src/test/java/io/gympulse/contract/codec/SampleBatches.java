package io.gympulse.contract.codec;

import io.gympulse.contract.codec.EventColumns.StatusCode;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/// Arbitrary valid batches.
final class SampleBatches {
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
  private static final long NOW = 1_767_258_000_000L;

  private final Random random;

  SampleBatches(long seed) {
    random = new Random(seed);
  }

  EventBatch next(int size) {
    List<MachineId> machines = machines(1 + random.nextInt(60));
    boolean wild = random.nextInt(4) == 0;
    boolean gaps = random.nextBoolean();
    boolean summaries = random.nextBoolean();
    List<MachineEvent> events = new ArrayList<>();
    long seq = wild ? Math.floorMod(random.nextLong(), Long.MAX_VALUE / 2) : 0;
    long at = NOW;
    while (events.size() < size) {
      long first = seq + 1 + (gaps ? random.nextInt(3) : 0);
      boolean summed = summaries && random.nextInt(3) == 0;
      seq = first + (summed ? random.nextInt(200) : 0);
      at = wild ? Math.floorMod(random.nextLong(), LATEST) : at + random.nextInt(20_000) - 2_000;
      events.add(event(machines.get(random.nextInt(machines.size())), first, seq, at, summed));
    }
    return new EventBatch(
        new GatewayAddress(new GymId("g"), new GatewayId("w")),
        new OutboxId(new UUID(random.nextLong(), random.nextLong())),
        random.nextBoolean() ? BatchKind.LIVE : BatchKind.BACKLOG,
        Instant.ofEpochMilli(wild ? Math.floorMod(random.nextLong(), LATEST) : at),
        random.nextBoolean() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at)),
        events);
  }

  private MachineEvent event(MachineId machine, long first, long seq, long at, boolean summed) {
    StatusCode status = StatusCode.ALL.get(random.nextInt(StatusCode.ALL.size()));
    return new MachineEvent(
        new Sequence(seq),
        machine,
        status.status(),
        status.reason(),
        Instant.ofEpochMilli(at),
        ColumnsWriter.QUALITIES.get(random.nextInt(3)),
        summed ? Optional.of(summary(first, at)) : Optional.empty());
  }

  private Summary summary(long first, long at) {
    int length = random.nextInt((int) Math.floorMod(at, Summary.BIN.toMillis()) + 1);
    int occupied = random.nextInt(length + 1);
    int free = random.nextInt(length - occupied + 1);
    return new Summary(
        new Sequence(first),
        Instant.ofEpochMilli(at - length),
        Duration.ofMillis(occupied),
        Duration.ofMillis(free),
        Duration.ofMillis(length - occupied - free),
        random.nextInt(10) == 0 ? Integer.MAX_VALUE : random.nextInt(50));
  }

  private List<MachineId> machines(int count) {
    List<MachineId> machines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String prefix = List.of("bike-", "rower-", "b", "").get(random.nextInt(4));
      machines.add(
          new MachineId(
              (prefix + random.nextInt(1_000_000) + "x".repeat(64))
                  .substring(0, 1 + random.nextInt(64))
                  .replaceAll("^-", "a")));
    }
    return machines;
  }
}
