package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.Decoded;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.codec.StatusReportCodec;
import io.gympulse.contract.topic.TopicRules;
import io.gympulse.local.rules.Inbound;
import io.gympulse.local.rules.Rule;
import io.gympulse.local.rules.RuleEngine;
import java.time.Duration;
import java.time.Instant;

/// Whatever a device publishes, the rules and ingest take it or refuse it between them: nothing
/// falls in the gap between what the one and the other can read.
class FrontDoorFuzzTest {
  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  private final RuleEngine rules =
      new RuleEngine(TopicRules.all().stream().map(it -> Rule.parse(it.name(), it.sql())).toList());

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

  private void takenOrRefused(String topic, byte[] payload, Decoded<?> decoded) {
    IngestCounters counters = delivered(topic, payload);
    // With no floor plan registered, whatever is well formed is refused as a stranger's.
    assertThat(counters.rejected()).as("%s", decoded).isPositive();
    assertThat(counters.stored()).isZero();
  }

  private IngestCounters delivered(String topic, byte[] payload) {
    IngestCounters counters = new IngestCounters();
    IngestHandler handler =
        new IngestHandler(new InMemoryCloudStore(), (_, _) -> {}, Duration.ofMinutes(5), counters);
    SQSEvent event = new SQSEvent();
    event.setRecords(
        rules.run(new Inbound(topic, payload, NOW)).stream()
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
