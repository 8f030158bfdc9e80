package io.gympulse.cloud.lambda;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;

/// Initialises classes for signing requests and reading batches in parallel to the creation of a
/// function's clients, if there is a second processor, so that the first event does not wait for
/// them. Has no other effect.
final class Warmup {
  private Warmup() {}

  /// Returns at once.
  static void start() {
    Thread.ofPlatform().daemon().name("warmup").start(Warmup::run);
  }

  private static void run() {
    readBatch();
    signRequests();
  }

  private static void readBatch() {
    Instant at = Instant.EPOCH;
    MachineEvent event =
        new MachineEvent(
            new Sequence(1),
            new MachineId("machine"),
            MachineStatus.FREE,
            Optional.empty(),
            at,
            TimeQuality.SYNCED);
    EventBatch batch =
        new EventBatch(
            new GatewayAddress(new GymId("gym"), new GatewayId("gateway")),
            new OutboxId(new UUID(0, 0)),
            BatchKind.LIVE,
            at,
            Optional.empty(),
            List.of(event));
    var _ = BatchCodec.decode(BatchCodec.encode(batch));
  }

  private static void signRequests() {
    try {
      var _ = Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
  }
}
