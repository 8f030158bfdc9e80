package io.gympulse.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.ingest.QuotaRefusals;
import io.gympulse.local.broker.Broker;
import io.gympulse.local.broker.PublishListener;
import io.gympulse.local.broker.RateLimitedLog;
import io.gympulse.local.queue.Share;
import io.gympulse.local.queue.StandardQueue;
import io.gympulse.local.rules.Inbound;
import io.gympulse.local.rules.RuleEngine;
import io.gympulse.local.shadow.ShadowService;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where device messages go: requests to shadows are answered, all else runs the rules, whose
/// results go to the ingest queue. It stamps the time of reception. Safe for many threads.
final class FrontDoor implements PublishListener {

  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// How many messages came in, ran no rule, and were not taken by the queue.
  record Counts(long received, long unruled, long refused) {}

  /// Where the rules' results go.
  ///
  /// @param refusals what becomes of those that are over their gateway's quota
  record Ingest(StandardQueue queue, QuotaRefusals refusals) {}

  private final Broker broker;
  private final RuleEngine rules;
  private final ShadowService shadows;
  private final Ingest ingest;
  private final InstantSource clock;
  private final RateLimitedLog log = new RateLimitedLog(LOG, ProcessClock.real()::nanos);
  private final LongAdder received = new LongAdder();
  private final LongAdder unruled = new LongAdder();
  private final LongAdder refused = new LongAdder();

  FrontDoor(
      Broker broker, RuleEngine rules, ShadowService shadows, Ingest ingest, InstantSource clock) {
    this.broker = broker;
    this.rules = rules;
    this.shadows = shadows;
    this.ingest = ingest;
    this.clock = clock;
  }

  @Override
  public void published(String topic, byte[] payload) {
    received.increment();
    if (topic.startsWith("$aws/things/")) {
      answerShadow(topic, payload);
      return;
    }
    var results = rules.run(new Inbound(topic, payload, clock.instant()));
    if (results.isEmpty()) {
      unruled.increment();
      log.info(topic, "no rule takes the {} bytes published to {}", payload.length, topic);
    }
    for (RuleEngine.Result result : results) {
      enqueue(result.body(), result.rule());
    }
  }

  /// The device keeps what is not acknowledged by ingest and sends it again.
  private void enqueue(ObjectNode body, String rule) {
    Share share = Share.of(body);
    switch (ingest.queue().send(body.toString(), share)) {
      case TAKEN -> {}
      case FULL -> {
        refused.increment();
        log.info(rule, "the ingest queue is full or closed; a message of rule {} is dropped", rule);
      }
      case OVER_QUOTA -> {
        refused.increment();
        share
            .gateway()
            .ifPresent(it -> ingest.refusals().refuse(it, share.batch(), clock.instant()));
      }
    }
  }

  /// Handed on as what is no JSON is, so that ingest rejects, counts and tells of it like all else.
  @Override
  public void cutOff(String topic, byte[] head) {
    received.increment();
    ObjectNode body = JSON.createObjectNode();
    body.put("payload", Base64.getEncoder().encodeToString(head));
    body.put("topic", topic).put("receivedAt", clock.millis());
    enqueue(body, "none");
  }

  Counts counts() {
    return new Counts(received.sum(), unruled.sum(), refused.sum());
  }

  private void answerShadow(String topic, byte[] payload) {
    try {
      for (ShadowService.Publication reply : shadows.handle(topic, payload)) {
        broker.publish(reply.topic(), reply.json().getBytes(StandardCharsets.UTF_8), 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
