package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.message.Heartbeat;

/// Version 1 of a heartbeat, times in epoch milliseconds. `coveredTo` and `outboxId` may be absent.
public final class HeartbeatCodec {
  private static final int VERSION = 1;

  private HeartbeatCodec() {}

  public static byte[] encode(Heartbeat heartbeat) {
    ObjectNode body = Written.message(VERSION, heartbeat.from());
    body.put("sentAt", heartbeat.sentAt().toEpochMilli());
    heartbeat.coveredTo().ifPresent(it -> body.put("coveredTo", it.toEpochMilli()));
    body.put("outboxDepth", heartbeat.outboxDepth());
    heartbeat.outbox().ifPresent(it -> body.put("outboxId", it.toString()));
    return Written.bytes(body);
  }

  public static Decoded<Heartbeat> decode(byte[] body) {
    return Body.decode(body, (JsonNode node) -> decode(node));
  }

  public static Decoded<Heartbeat> decode(JsonNode body) {
    return Body.decode(body, HeartbeatCodec::read);
  }

  private static Heartbeat read(Body body) {
    body.requireVersion(VERSION);
    Body depth = body.child("outboxDepth");
    return depth.checked(
        () ->
            new Heartbeat(
                body.address(),
                body.child("sentAt").millis(),
                body.optional("coveredTo").map(Body::millis),
                depth.integer(),
                body.optional("outboxId").map(_ -> body.outbox())));
  }
}
