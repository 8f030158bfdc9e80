package io.gympulse.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.local.http.HttpHandler;
import io.gympulse.local.http.ServerRequest;
import io.gympulse.local.http.ServerResponse;
import io.gympulse.local.queue.FairWorkQueue;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `GET /health`: 200 and `"status": "up"`, or 503 and `"degraded"` with the problems of components
/// under `problems`; and the counters of the process.
record HealthEndpoint(
    IotRouter router,
    FairWorkQueue queue,
    IngestCounters ingest,
    List<Component> components,
    HealthChecks checks)
    implements HttpHandler {

  /// A component that reports its own health, under its name.
  record Component(String name, Supplier<ObjectNode> health) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public ServerResponse handle(ServerRequest request) {
    if (!request.method().equals("GET")) {
      return ServerResponse.methodNotAllowed("GET");
    }
    Map<String, String> problems = checks.problems();
    ObjectNode json = JSON.createObjectNode().put("status", problems.isEmpty() ? "up" : "degraded");
    if (!problems.isEmpty()) {
      ObjectNode named = json.putObject("problems");
      problems.forEach(named::put);
    }
    addCounters(json);
    return ServerResponse.json(problems.isEmpty() ? 200 : 503, json.toString());
  }

  private void addCounters(ObjectNode json) {
    IotRouter.Counts counts = router.counts();
    json.putObject("messages")
        .put("received", counts.received())
        .put("withoutRule", counts.unmatched())
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
    components.forEach(it -> json.set(it.name(), health(it)));
  }

  /// A component whose store fails has no counters; the failure is among the problems.
  private static ObjectNode health(Component component) {
    try {
      return component.health().get();
    } catch (StoreUnavailableException e) {
      return JSON.createObjectNode().put("error", e.getMessage());
    }
  }
}
