package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.codec.StatusReportCodec;
import io.gympulse.contract.topic.TopicRule;
import io.gympulse.local.rules.Rule;
import io.gympulse.local.rules.RuleEngine;
import java.time.Duration;
import java.time.Instant;

/// Any payload that a device publishes is accepted or rejected: none is lost because the rules and
/// ingest parse it differently.
class IotRouterFuzzTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private final RuleEngine rules =
      new RuleEngine(TopicRule.all().stream().map(it -> Rule.parse(it.name(), it.sql())).toList());

  @FuzzTest
  void a_batch_is_taken_or_refused(byte[] payload) {
    takenOrRefused("org/g/gateways/w/batches", payload, BatchCodec.decode(payload));
  }

  @FuzzTest
  void a_heartbeat_is_taken_or_refused(byte[] payload) {
    takenOrRefused("org/g/gateways/w/heartbeat", payload, HeartbeatCodec.decode(payload));
  }

  @FuzzTest
  void a_report_is_taken_or_refused(byte[] payload) {
    takenOrRefused("org/g/machines/m/status", payload, StatusReportCodec.decode(payload));
  }

  private void takenOrRefused(String topic, byte[] payload, DecodeResult<?> decoded) {
    IngestCounters counters = delivered(topic, payload);
    // Without a registered floor plan, well-formed payloads are rejected as of an unknown gym.
    assertThat(counters.rejected()).as("%s", decoded).isPositive();
    assertThat(counters.stored()).isZero();
  }

  private IngestCounters delivered(String topic, byte[] payload) {
    IngestCounters counters = new IngestCounters();
    IngestHandler handler =
        new IngestHandler(new InMemoryCloudStore(), (_, _) -> {}, Duration.ofMinutes(5), counters);
    SQSEvent event = new SQSEvent();
    event.setRecords(
        rules.run(new RuleEngine.Message(topic, payload, NOW)).stream()
            .map(it -> record(it.rule(), it.body().toString()))
            .toList());
    assertThat(handler.handleRequest(event, null).getBatchItemFailures()).isEmpty();
    return counters;
  }

  private static SQSEvent.SQSMessage record(String id, String body) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(id);
    message.setBody(body);
    return message;
  }
}
