package io.gympulse.cloud.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.device.RawStore.RawKey;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.http.ApiError;
import io.gympulse.cloud.http.HttpHandler;
import io.gympulse.cloud.http.Request;
import io.gympulse.cloud.http.Response;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /ingest`: ingests a report of devices and their states.
///
/// 200 if it is stored and all its items are queued. 503 with `status` `partial` if it is stored
/// but not all items are queued: repeated with the `Idempotency-Key` of the response, no item is
/// counted twice. 422 if that key was used with another body.
public final class DeviceIngestHandler extends HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceIngestHandler.class);

  static final int MAX_BODY_BYTES = 1 << 20;

  private final ReportIngest reports;
  private final InstantSource clock;
  private final PipelineCounters counters;

  public DeviceIngestHandler(
      RawStore raw, WorkQueue queue, InstantSource clock, PipelineCounters counters) {
    super(counters.responses());
    this.reports = new ReportIngest(raw, queue);
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  protected Response respond(Request request) {
    IdempotencyKey key = IdempotencyKey.of(request);
    byte[] body = request.body(MAX_BODY_BYTES);
    Response response =
        switch (reports.ingest(key, body, clock.instant())) {
          case ReportIngest.Outcome.Accepted it -> accepted(it);
          case ReportIngest.Outcome.Partial it -> partial(it);
          case ReportIngest.Outcome.KeyReused _ -> Response.of(keyReused());
        };
    return response.with(IdempotencyKey.HEADER, key.value());
  }

  private Response accepted(ReportIngest.Outcome.Accepted accepted) {
    counters.sent(accepted.enqueued(), 0);
    return Response.json(200, body("accepted", accepted.key(), accepted.enqueued()));
  }

  private Response partial(ReportIngest.Outcome.Partial partial) {
    int unsent = partial.items() - partial.enqueued();
    LOG.warn("{}: {} items not queued: {}", partial.key(), unsent, partial.reason());
    counters.sent(partial.enqueued(), unsent);
    ObjectNode body = body("partial", partial.key(), partial.enqueued());
    body.set("error", notAllQueued(partial).json());
    return Response.json(503, body).with("Retry-After", "1");
  }

  private static ObjectNode body(String status, RawKey key, int enqueued) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", status)
        .put("raw_key", key.toString())
        .put("enqueued", enqueued);
  }

  private static ApiError notAllQueued(ReportIngest.Outcome.Partial partial) {
    return new ApiError(
        503,
        "not_all_enqueued",
        "%d of %d items are enqueued; send the same body again with this answer's %s, and no item is counted twice"
            .formatted(partial.enqueued(), partial.items(), IdempotencyKey.HEADER),
        Optional.empty());
  }

  private static ApiError keyReused() {
    return new ApiError(
        422,
        "idempotency_key_reused",
        "another body came with this key; use a new key for every new body",
        Optional.of(IdempotencyKey.HEADER));
  }
}
