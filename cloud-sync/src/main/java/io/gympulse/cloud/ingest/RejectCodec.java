package io.gympulse.cloud.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.Rejection;

/// Version 1 of a message on the error topic:
/// `{"version":1,"code","field","detail","topic","receivedAt","payload"}`, `receivedAt` in epoch
/// milliseconds and absent if the message did not carry it, `payload` in base64.
final class RejectCodec {
  private static final int VERSION = 1;

  private RejectCodec() {}

  static byte[] encode(Reject reject) {
    Rejection rejection = reject.rejection();
    ObjectNode body = JsonTree.object();
    body.put("version", VERSION);
    body.put("code", rejection.code().wireName());
    body.put("field", rejection.field());
    body.put("detail", rejection.detail());
    body.put("topic", reject.topic());
    reject.receivedAt().ifPresent(it -> body.put("receivedAt", it.toEpochMilli()));
    body.put("payload", reject.payload());
    return JsonTree.bytes(body);
  }
}
