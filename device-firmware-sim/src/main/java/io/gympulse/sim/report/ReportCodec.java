package io.gympulse.sim.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/// A report as `POST /ingest` takes it, `{"processed_devices":[{"type","state","timestamp"}]}`, and
/// its answer.
final class ReportCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportCodec() {}

  /// @param at when all of them were seen
  static String encode(List<DeviceState> devices, Instant at) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode items = body.putArray("processed_devices");
    for (DeviceState device : devices) {
      items
          .addObject()
          .put("type", device.type())
          .put("state", device.state())
          .put("timestamp", at.toString());
    }
    return body.toString();
  }

  /// @return the answer's number of queued devices, 0 if it tells none
  static int enqueued(String answer) {
    try {
      return JSON.readTree(answer).path("enqueued").asInt(0);
    } catch (JsonProcessingException e) {
      return 0;
    }
  }
}
