package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.Heartbeat;

/// Version 1 of a heartbeat, times in epoch milliseconds. `coveredTo` and `outboxId` may be absent.
public final class HeartbeatCodec {
  private static final int VERSION = 1;

  private HeartbeatCodec() {}

  public static byte[] encode(Heartbeat heartbeat) {
    ObjectNode body = MessageJson.body(VERSION, heartbeat.from());
    body.put("sentAt", heartbeat.sentAt().toEpochMilli());
    heartbeat.coveredTo().ifPresent(it -> body.put("coveredTo", it.toEpochMilli()));
    body.put("outboxDepth", heartbeat.outboxDepth());
    heartbeat.outbox().ifPresent(it -> body.put("outboxId", it.toString()));
    return JsonTree.bytes(body);
  }

  public static DecodeResult<Heartbeat> decode(byte[] body) {
    return MessageJson.decode(body, (JsonNode node) -> decode(node));
  }

  public static DecodeResult<Heartbeat> decode(JsonNode body) {
    return MessageJson.read(body, HeartbeatCodec::read);
  }

  private static Heartbeat read(JsonCursor<InvalidBody> body) {
    MessageJson.requireVersion(body, VERSION);
    JsonCursor<InvalidBody> depth = body.field("outboxDepth");
    return depth.checked(
        () ->
            new Heartbeat(
                MessageJson.address(body),
                MessageJson.millis(body.field("sentAt")),
                body.optional("coveredTo", MessageJson::millis),
                depth.integer(),
                body.optional("outboxId", MessageJson::outbox)));
  }
}
