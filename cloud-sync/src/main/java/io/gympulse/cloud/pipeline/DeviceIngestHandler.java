package io.gympulse.cloud.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.raw.RawKey;
import io.gympulse.cloud.core.raw.RawStore;
import io.gympulse.cloud.http.Answer;
import io.gympulse.cloud.http.Asked;
import io.gympulse.cloud.http.Fault;
import io.gympulse.cloud.http.HttpHandler;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /ingest`: takes a report of devices and their states.
///
/// 200 if all of it is kept and queued. 503 with `status` `partial` if it is kept but not all of it
/// is queued: sent again under the `Idempotency-Key` that every answer carries, nothing is counted
/// twice. 422 if that key came with another body before.
public final class DeviceIngestHandler extends HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceIngestHandler.class);

  static final int MAX_BODY_BYTES = 1 << 20;

  private final Accept accept;
  private final InstantSource clock;
  private final PipelineCounters counters;

  public DeviceIngestHandler(
      RawStore raw, WorkQueue queue, InstantSource clock, PipelineCounters counters) {
    super(counters.answers());
    this.accept = new Accept(raw, queue);
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  protected Answer answer(Asked asked) {
    RequestName name = RequestName.of(asked);
    byte[] body = asked.body(MAX_BODY_BYTES);
    Answer answer =
        switch (accept.take(name, body, clock.instant())) {
          case Accept.Outcome.Accepted it -> accepted(it);
          case Accept.Outcome.Partial it -> partial(it);
          case Accept.Outcome.NameTaken _ -> Answer.of(nameTaken());
        };
    return answer.with(RequestName.HEADER, name.value());
  }

  private Answer accepted(Accept.Outcome.Accepted accepted) {
    counters.sent(accepted.enqueued(), 0);
    return Answer.json(200, body("accepted", accepted.key(), accepted.enqueued()));
  }

  private Answer partial(Accept.Outcome.Partial partial) {
    int unsent = partial.items() - partial.enqueued();
    LOG.warn("{}: {} items are not queued: {}", partial.key(), unsent, partial.reason());
    counters.sent(partial.enqueued(), unsent);
    ObjectNode body = body("partial", partial.key(), partial.enqueued());
    body.set("error", Answer.error(notAllQueued(partial)));
    return Answer.json(503, body).with("Retry-After", "1");
  }

  private static ObjectNode body(String status, RawKey key, int enqueued) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", status)
        .put("raw_key", key.toString())
        .put("enqueued", enqueued);
  }

  private static Fault notAllQueued(Accept.Outcome.Partial partial) {
    return new Fault(
        503,
        "not_all_enqueued",
        "%d of %d items are enqueued; send the same body again with this answer's %s, and no item is counted twice"
            .formatted(partial.enqueued(), partial.items(), RequestName.HEADER),
        Optional.empty());
  }

  private static Fault nameTaken() {
    return new Fault(
        422,
        "idempotency_key_reused",
        "another body came with this key; use a new key for every new body",
        Optional.of(RequestName.HEADER));
  }
}
