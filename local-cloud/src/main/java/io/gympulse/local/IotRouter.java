package io.gympulse.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.ingest.OverQuotaResponder;
import io.gympulse.local.broker.Broker;
import io.gympulse.local.queue.FairWorkQueue;
import io.gympulse.local.queue.MessageOrigin;
import io.gympulse.local.rules.RuleEngine;
import io.gympulse.local.shadow.ShadowService;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.RateLimitedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes device messages: shadow requests to the shadow service, all others to the topic rules,
/// whose results are sent to the ingest queue. Records the time of reception. Thread-safe.
final class IotRouter implements Broker.PublishListener {

  private static final Logger LOG = LoggerFactory.getLogger(IotRouter.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param received messages from devices
  /// @param unmatched messages that matched no rule
  /// @param refused rule results that the queue refused
  record Counts(long received, long unmatched, long refused) {}

  /// The target of the rules' results.
  ///
  /// @param refusals handles those over their gateway's quota
  record Ingest(FairWorkQueue queue, OverQuotaResponder refusals) {}

  private final Broker broker;
  private final RuleEngine rules;
  private final ShadowService shadows;
  private final Ingest ingest;
  private final InstantSource clock;
  private final RateLimitedLog log = new RateLimitedLog(LOG, ProcessClock.real()::nanos);
  private final LongAdder received = new LongAdder();
  private final LongAdder unmatched = new LongAdder();
  private final LongAdder refused = new LongAdder();

  IotRouter(
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
    if (!runRules(topic, payload)) {
      unmatched.increment();
      log.info(topic, "no rule matches a publish of {} bytes to {}", payload.length, topic);
    }
  }

  /// @return whether any matched
  private boolean runRules(String topic, byte[] payload) {
    var results = rules.run(new RuleEngine.Message(topic, payload, clock.instant()));
    for (RuleEngine.Result result : results) {
      enqueue(result.body(), result.rule());
    }
    return !results.isEmpty();
  }

  /// A refused message is not lost: the device retransmits what ingest does not acknowledge.
  private void enqueue(ObjectNode body, String rule) {
    MessageOrigin origin = MessageOrigin.of(body);
    switch (ingest.queue().send(body.toString(), origin)) {
      case ENQUEUED -> {}
      case FULL -> {
        refused.increment();
        log.info(rule, "the ingest queue is full or closed; a message of rule {} is dropped", rule);
      }
      case OVER_QUOTA -> {
        refused.increment();
        origin
            .gateway()
            .ifPresent(it -> ingest.refusals().reject(it, origin.batch(), clock.instant()));
      }
    }
  }

  /// Enqueues the head as if it were no JSON, so that ingest rejects, counts and reports it.
  @Override
  public void oversized(String topic, byte[] head) {
    received.increment();
    ObjectNode body = JSON.createObjectNode();
    body.put("payload", Base64.getEncoder().encodeToString(head));
    body.put("topic", topic).put("receivedAt", clock.millis());
    enqueue(body, "none");
  }

  Counts counts() {
    return new Counts(received.sum(), unmatched.sum(), refused.sum());
  }

  /// The shadow service's own messages pass the topic rules, too.
  private void answerShadow(String topic, byte[] payload) {
    try {
      for (ShadowService.Publication reply : shadows.handle(topic, payload)) {
        byte[] json = reply.json().getBytes(StandardCharsets.UTF_8);
        broker.publish(reply.topic(), json, 1);
        runRules(reply.topic(), json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
