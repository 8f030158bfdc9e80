package io.gympulse.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.contract.message.RejectionCode;
import io.gympulse.local.http.HttpCall;
import io.gympulse.local.http.HttpReply;
import io.gympulse.local.http.HttpService;
import io.gympulse.local.queue.StandardQueue;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `GET /health`: 200 and `"status": "up"`, or 503 and `"degraded"` with what is wrong under
/// `problems`, by part; and the counters of a running cloud, since the process started.
record Health(
    FrontDoor door, StandardQueue queue, IngestCounters ingest, List<Part> parts, Vitals vitals)
    implements HttpService {

  /// What another part of the cloud tells of itself, under its name.
  record Part(String name, Supplier<ObjectNode> health) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public HttpReply serve(HttpCall call) {
    if (!call.method().equals("GET")) {
      return HttpReply.json(405, "{\"error\":\"use GET\"}");
    }
    Map<String, String> problems = vitals.problems();
    ObjectNode json = JSON.createObjectNode().put("status", problems.isEmpty() ? "up" : "degraded");
    if (!problems.isEmpty()) {
      ObjectNode named = json.putObject("problems");
      problems.forEach(named::put);
    }
    addCounters(json);
    return HttpReply.json(problems.isEmpty() ? 200 : 503, json.toString());
  }

  private void addCounters(ObjectNode json) {
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
    parts.forEach(it -> json.set(it.name(), health(it)));
  }

  /// A part whose store fails has no counters to show; what is wrong stands among the problems.
  private static ObjectNode health(Part part) {
    try {
      return part.health().get();
    } catch (StoreUnavailableException e) {
      return JSON.createObjectNode().put("error", e.getMessage());
    }
  }
}
