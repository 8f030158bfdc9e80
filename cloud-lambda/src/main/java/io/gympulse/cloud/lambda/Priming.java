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

/// Does what the first event would otherwise wait for while a function's clients are built: a
/// second processor, if there is one, sets up what signs requests and what reads batches. Nothing
/// comes of it but classes that are initialised; without it all works the same.
final class Priming {
  private Priming() {}

  /// Returns at once.
  static void begin() {
    Thread.ofPlatform().daemon().name("priming").start(Priming::run);
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
