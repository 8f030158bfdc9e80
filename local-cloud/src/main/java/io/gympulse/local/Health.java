package io.gympulse.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.contract.message.RejectionCode;
import io.gympulse.local.http.HttpCall;
import io.gympulse.local.http.HttpReply;
import io.gympulse.local.http.HttpService;
import io.gympulse.local.queue.StandardQueue;
import java.util.List;
import java.util.function.Supplier;

/// The counters of a running cloud as JSON. All count since the process started.
record Health(FrontDoor door, StandardQueue queue, IngestCounters ingest, List<Part> parts)
    implements HttpService {

  /// What another part of the cloud tells of itself, under its name.
  record Part(String name, Supplier<ObjectNode> health) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public HttpReply serve(HttpCall call) {
    return call.method().equals("GET")
        ? HttpReply.json(200, json())
        : HttpReply.json(405, "{\"error\":\"use GET\"}");
  }

  private String json() {
    ObjectNode json = JSON.createObjectNode().put("status", "up");
    FrontDoor.Counts counts = door.counts();
    json.putObject("messages")
        .put("received", counts.received())
        .put("withoutRule", counts.unruled())
        .put("refusedByFullQueue", counts.refused());
    json.putObject("queue")
        .put("waitingBytes", queue.waitingBytes())
        .put("droppedOfLongest", queue.dropped());
    ObjectNode ingested =
        json.putObject("ingest")
            .put("received", ingest.received())
            .put("stored", ingest.stored())
            .put("failed", ingest.failed());
    ObjectNode rejected = ingested.putObject("rejected");
    for (RejectionCode code : RejectionCode.values()) {
      if (ingest.rejected(code) > 0) {
        rejected.put(code.wireName(), ingest.rejected(code));
      }
    }
    parts.forEach(it -> json.set(it.name(), it.health().get()));
    return json.toString();
  }
}
