package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.StatusReport;
import java.time.Instant;

/// The status of a machine that reports by itself:
/// `{"machineId","gymId","status":"occupied|free","timestamp":epoch seconds}`. The format is older
/// than versions; a `version` other than 1 is refused.
public final class StatusReportCodec {
  private static final int VERSION = 1;

  private StatusReportCodec() {}

  public static byte[] encode(StatusReport report) {
    ObjectNode body = JsonTree.object();
    body.put("machineId", report.machine().value());
    body.put("gymId", report.gym().value());
    body.put("status", report.status().wireName());
    body.put("timestamp", report.at().getEpochSecond());
    return Written.bytes(body);
  }

  public static Decoded<StatusReport> decode(byte[] body) {
    return Body.decode(body, (JsonNode node) -> decode(node));
  }

  public static Decoded<StatusReport> decode(JsonNode body) {
    return Body.decode(body, StatusReportCodec::read);
  }

  private static StatusReport read(Body body) {
    if (body.optional("version").isPresent()) {
      body.requireVersion(VERSION);
    }
    GymId gym = body.child("gymId").parse(GymId::new);
    MachineId machine = body.child("machineId").parse(MachineId::new);
    Body status = body.child("status");
    MachineStatus known = status.named(MachineStatus::ofWireName, "occupied, free");
    Instant at = body.child("timestamp").seconds();
    return status.checked(() -> new StatusReport(gym, machine, known, at));
  }
}
