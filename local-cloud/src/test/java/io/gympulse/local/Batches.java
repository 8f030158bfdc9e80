package io.gympulse.local;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.process.ProcessClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Batches of the gym's gateway.
final class Batches {
  private Batches() {}

  static EventBatch batch(OutboxId outbox, int events) {
    Instant now = ProcessClock.real().instant().truncatedTo(ChronoUnit.MILLIS);
    return new EventBatch(
        TestCloud.GATEWAY,
        outbox,
        BatchKind.LIVE,
        now,
        Optional.empty(),
        IntStream.rangeClosed(1, events)
            .mapToObj(seq -> event(new Sequence(seq), now.minusSeconds(1)))
            .toList());
  }

  static EventBatch of(MachineId machine, OutboxId outbox) {
    Instant now = ProcessClock.real().instant().truncatedTo(ChronoUnit.MILLIS);
    return new EventBatch(
        TestCloud.GATEWAY,
        outbox,
        BatchKind.LIVE,
        now,
        Optional.empty(),
        List.of(event(machine, new Sequence(1), now)));
  }

  static MachineEvent event(Sequence seq, Instant at) {
    return event(new MachineId("m-1"), seq, at);
  }

  private static MachineEvent event(MachineId machine, Sequence seq, Instant at) {
    return new MachineEvent(
        seq, machine, MachineStatus.OCCUPIED, Optional.empty(), at, TimeQuality.SYNCED);
  }
}
