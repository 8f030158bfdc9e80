package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.StatusReport;
import java.time.Instant;

/// The status of a machine that reports by itself:
/// `{"machineId","gymId","status":"occupied|free","timestamp":epoch seconds}`. The format was
/// defined before versions; `version` may be absent, and any other than 1 is rejected.
public final class StatusReportCodec {
  private static final int VERSION = 1;

  private StatusReportCodec() {}

  public static byte[] encode(StatusReport report) {
    ObjectNode body = JsonTree.object();
    body.put("machineId", report.machine().value());
    body.put("gymId", report.gym().value());
    body.put("status", report.status().wireName());
    body.put("timestamp", report.at().getEpochSecond());
    return JsonTree.bytes(body);
  }

  public static DecodeResult<StatusReport> decode(byte[] body) {
    return MessageJson.decode(body, (JsonNode node) -> decode(node));
  }

  public static DecodeResult<StatusReport> decode(JsonNode body) {
    return MessageJson.read(body, StatusReportCodec::read);
  }

  private static StatusReport read(JsonCursor<InvalidBody> body) {
    if (body.has("version")) {
      MessageJson.requireVersion(body, VERSION);
    }
    GymId gym = body.field("gymId").parse(GymId::new);
    MachineId machine = body.field("machineId").parse(MachineId::new);
    JsonCursor<InvalidBody> status = body.field("status");
    MachineStatus known = status.named(MachineStatus::ofWireName, "occupied, free");
    Instant at = MessageJson.seconds(body.field("timestamp"));
    return status.checked(() -> new StatusReport(gym, machine, known, at));
  }
}
