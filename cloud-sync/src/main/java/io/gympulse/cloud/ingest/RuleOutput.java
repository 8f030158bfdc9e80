package io.gympulse.cloud.ingest;

import static io.gympulse.contract.message.RejectionCode.MALFORMED;
import static io.gympulse.contract.message.RejectionCode.TOO_LARGE;
import static io.gympulse.contract.message.RejectionCode.TOPIC_MISMATCH;
import static io.gympulse.contract.topic.IotCoreLimits.MAX_PAYLOAD_BYTES;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.ingest.Inbound.UnreadBatch;
import io.gympulse.contract.codec.Addressing;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.Decoded;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.codec.SnapshotCodec;
import io.gympulse.contract.codec.StatusReportCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.GatewayMessage;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.MachineOnTopic;
import io.gympulse.contract.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Reads what the rules of [io.gympulse.contract.topic.TopicRules] put on the queue: the message's
/// own fields with `topic` and `receivedAt` (epoch milliseconds) beside them.
final class RuleOutput {
  // The rule adds a topic of at most 256 bytes, a time and their names.
  private static final int MAX_BYTES = MAX_PAYLOAD_BYTES + 512;
  // No queue carries more than 1 MiB: what is longer is not even parsed.
  private static final int MAX_CHARS = 1_048_576;
  private static final JsonTree JSON = JsonTree.standard();

  private RuleOutput() {}

  /// @param quotas of the invocation
  static Inbound read(String text, GatewayQuotas.Invocation quotas) {
    if (text.length() > MAX_CHARS) {
      return foreign(text, tooLarge());
    }
    JsonNode body;
    try {
      body = JSON.read(text);
    } catch (JsonProcessingException e) {
      return foreign(text, malformed("not JSON: " + e.getOriginalMessage()));
    }
    JsonNode topic = body.path("topic");
    JsonNode receivedAt = body.path("receivedAt");
    if (!topic.isTextual() || !receivedAt.isIntegralNumber() || !receivedAt.canConvertToLong()) {
      return foreign(
          text, malformed("no topic and receivedAt: not written by a rule of this system"));
    }
    Instant at = Instant.ofEpochMilli(receivedAt.longValue());
    Origin origin = new Origin(topic.textValue(), at, text);
    return NotJson.of(body, origin).orElseGet(() -> route(body, origin, quotas));
  }

  private static Rejection malformed(String detail) {
    return new Rejection(MALFORMED, "", detail);
  }

  private static Inbound foreign(String text, Rejection rejection) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return new Inbound.Undecodable(
        Reject.of(rejection, 1, "", Optional.empty(), payload), Optional.empty());
  }

  private static Inbound route(JsonNode body, Origin origin, GatewayQuotas.Invocation quotas) {
    Optional<MachineOnTopic> machine = Topics.machineOf(origin.topic());
    if (machine.isPresent()) {
      return report(machine.get(), body, origin);
    }
    Optional<GatewayAddress> gateway = Topics.gatewayOf(origin.topic());
    String leaf = origin.topic().substring(origin.topic().lastIndexOf('/') + 1);
    return switch (gateway.isPresent() ? leaf : "") {
      case "batches" -> batch(gateway.get(), body, origin, quotas);
      case "snapshot" -> message(gateway.get(), body, origin, SnapshotCodec::decode);
      case "heartbeat" -> message(gateway.get(), body, origin, HeartbeatCodec::decode);
      default -> undecodable(origin, noSuchTopic(), Optional.empty());
    };
  }

  /// One that is over quota is answered by its header; its events are not read.
  private static Inbound batch(
      GatewayAddress speaker, JsonNode body, Origin origin, GatewayQuotas.Invocation quotas) {
    Optional<Addressing> about = BatchCodec.addressing(body);
    Optional<Rejection> excess =
        about.flatMap(it -> quotas.refusal(speaker, it, origin.receivedAt()));
    return excess.isPresent()
        ? undecodable(origin, excess.get(), unread(speaker, about))
        : message(speaker, body, origin, BatchCodec::decode);
  }

  private static Inbound report(MachineOnTopic machine, JsonNode body, Origin origin) {
    if (oversize(origin.text())) {
      return undecodable(origin, tooLarge(), Optional.empty());
    }
    return switch (StatusReportCodec.decode(body)) {
      case Decoded.Valid<StatusReport>(StatusReport report) ->
          new Inbound.FromMachine(machine, report, origin);
      case Decoded.Invalid<StatusReport> it ->
          undecodable(origin, it.rejection(), Optional.empty());
    };
  }

  private static <T extends GatewayMessage> Inbound message(
      GatewayAddress speaker, JsonNode body, Origin origin, Function<JsonNode, Decoded<T>> codec) {
    Decoded<T> decoded = codec.apply(body);
    if (oversize(origin.text())) {
      return undecodable(origin, tooLarge(), unread(speaker, about(decoded)));
    }
    return switch (decoded) {
      case Decoded.Valid<T>(T message) -> new Inbound.FromGateway(speaker, message, origin);
      case Decoded.Invalid<T> it ->
          undecodable(origin, it.rejection(), unread(speaker, it.about()));
    };
  }

  private static <T extends GatewayMessage> Optional<Addressing> about(Decoded<T> decoded) {
    return switch (decoded) {
      case Decoded.Valid<T>(T message) ->
          message instanceof EventBatch batch
              ? Optional.of(
                  new Addressing(batch.from(), batch.outbox(), batch.range(), batch.sender()))
              : Optional.empty();
      case Decoded.Invalid<T> invalid -> invalid.about();
    };
  }

  private static Optional<UnreadBatch> unread(GatewayAddress speaker, Optional<Addressing> about) {
    return about.map(it -> new UnreadBatch(speaker, it));
  }

  private static Inbound undecodable(
      Origin origin, Rejection rejection, Optional<UnreadBatch> unread) {
    return new Inbound.Undecodable(origin.reject(rejection, 1), unread);
  }

  // A char is at most 3 bytes, so most messages need no count.
  private static boolean oversize(String text) {
    return text.length() > MAX_BYTES / 3
        && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
  }

  static Rejection tooLarge() {
    return new Rejection(TOO_LARGE, "", "the limit is %d bytes".formatted(MAX_PAYLOAD_BYTES));
  }

  static Rejection noSuchTopic() {
    return new Rejection(
        TOPIC_MISMATCH, "", "nothing is read from this topic; see the border protocol's topics");
  }
}
