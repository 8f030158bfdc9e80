package io.gympulse.sim.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.sim.report.RandomReports.DeviceState;
import java.time.Instant;
import java.util.List;

/// Writes a report for `POST /ingest`, `{"processed_devices":[{"type","state","timestamp"}]}`, and
/// reads the response.
final class ReportCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportCodec() {}

  /// @param at the timestamp of every device
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

  /// @return the number of queued devices in the response; 0 if it has none
  static int enqueued(String response) {
    try {
      return JSON.readTree(response).path("enqueued").asInt(0);
    } catch (JsonProcessingException e) {
      return 0;
    }
  }
}
