package io.gympulse.cloud.ingest;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.GatewayHealthCodec;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.codec.SnapshotCodec;
import io.gympulse.contract.codec.StatusReportCodec;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayMessage;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Outputs of the topic rules, and invocations by a queue that contains them.
final class TestQueue {
  static final ObjectMapper JSON = new ObjectMapper();

  private TestQueue() {}

  /// Delivers texts in one invocation and returns the positions of those that failed.
  static List<Integer> deliver(IngestHandler handler, List<String> texts) {
    SQSBatchResponse response = handler.handleRequest(event(texts), null);
    return response.getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .map(Integer::valueOf)
        .sorted()
        .toList();
  }

  static SQSEvent event(List<String> texts) {
    SQSEvent event = new SQSEvent();
    event.setRecords(
        IntStream.range(0, texts.size()).mapToObj(i -> record(i, texts.get(i))).toList());
    return event;
  }

  private static SQSMessage record(int position, String text) {
    SQSMessage message = new SQSMessage();
    message.setMessageId(Integer.toString(position));
    message.setBody(text);
    return message;
  }

  static List<String> of(GatewayMessage... messages) {
    return Stream.of(messages).map(it -> text(it, TestGyms.NOW)).toList();
  }

  static String text(GatewayMessage message, Instant receivedAt) {
    return switch (message) {
      case EventBatch it -> selected(BatchCodec.encode(it), Topics.batches(it.from()), receivedAt);
      case Snapshot it ->
          selected(SnapshotCodec.encode(it), Topics.snapshot(it.from()), receivedAt);
      case Heartbeat it ->
          selected(HeartbeatCodec.encode(it), Topics.heartbeat(it.from()), receivedAt);
      case GatewayHealth it ->
          health(
              new String(GatewayHealthCodec.encode(it), StandardCharsets.UTF_8),
              it.from().gateway(),
              receivedAt);
    };
  }

  static String text(StatusReport report, Instant receivedAt) {
    return selected(
        StatusReportCodec.encode(report),
        Topics.status(report.gym(), report.machine()),
        receivedAt);
  }

  /// `SELECT state.reported AS health, topic() AS topic, timestamp() AS receivedAt`
  static String health(String reported, GatewayId gateway, Instant receivedAt) {
    return "{\"health\":%s,\"topic\":\"%s/accepted\",\"receivedAt\":%d}"
        .formatted(reported, Topics.healthUpdate(gateway), receivedAt.toEpochMilli());
  }

  /// `SELECT *, topic() AS topic, timestamp() AS receivedAt`
  static String selected(byte[] body, String topic, Instant receivedAt) {
    try {
      ObjectNode node = (ObjectNode) JSON.readTree(body);
      return node.put("topic", topic).put("receivedAt", receivedAt.toEpochMilli()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String selected(String body, String topic) {
    return selected(body.getBytes(StandardCharsets.UTF_8), topic, TestGyms.NOW);
  }

  /// `SELECT encode(*, 'base64') AS payload, topic() AS topic, timestamp() AS receivedAt`
  static String encoded(String payload, String topic) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return JSON.createObjectNode()
        .put("payload", Base64.getEncoder().encodeToString(bytes))
        .put("topic", topic)
        .put("receivedAt", TestGyms.NOW.toEpochMilli())
        .toString();
  }
}
