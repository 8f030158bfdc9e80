package io.gympulse.cloud.ingest;

import static io.gympulse.contract.message.Rejection.RejectionCode.MALFORMED;
import static io.gympulse.contract.message.Rejection.RejectionCode.TOO_LARGE;
import static io.gympulse.contract.message.Rejection.RejectionCode.TOPIC_MISMATCH;
import static io.gympulse.contract.topic.Topics.MAX_PAYLOAD_BYTES;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.ingest.RuleOutputReader.InboundMessage.Origin;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.codec.GatewayHealthCodec;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.codec.SnapshotCodec;
import io.gympulse.contract.codec.StatusReportCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayMessage;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.Topics;
import io.gympulse.contract.topic.Topics.MachineAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Reads the output of the [io.gympulse.contract.topic.TopicRule]: the message's own fields with
/// `topic` and `receivedAt` (epoch milliseconds) beside them, or a gateway's health in the field
/// `health`.
final class RuleOutputReader {
  // The rule adds a topic of at most 256 bytes, a time and their names.
  private static final int MAX_BYTES = MAX_PAYLOAD_BYTES + 512;
  // No queue carries more than 1 MiB: longer text is not parsed.
  private static final int MAX_CHARS = 1_048_576;
  // `payload`, `topic` and `receivedAt`.
  private static final int NOT_JSON_FIELDS = 3;
  private static final JsonTree JSON = JsonTree.standard();

  private RuleOutputReader() {}

  static InboundMessage read(String text, GatewayQuotas.Invocation quotas) {
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
    return notJson(body, origin).orElseGet(() -> route(body, origin, quotas));
  }

  /// Empty if this is not the output of the rule for payloads that are not JSON.
  private static Optional<InboundMessage> notJson(JsonNode body, Origin origin) {
    JsonNode payload = body.path("payload");
    return body.size() == NOT_JSON_FIELDS && payload.isTextual()
        ? NotJsonOutput.read(payload.textValue(), origin)
        : Optional.empty();
  }

  private static Rejection malformed(String detail) {
    return new Rejection(MALFORMED, "", detail);
  }

  private static InboundMessage foreign(String text, Rejection rejection) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return new InboundMessage.Undecodable(
        ErrorReport.of(rejection, "", Optional.empty(), payload), Optional.empty());
  }

  private static InboundMessage route(
      JsonNode body, Origin origin, GatewayQuotas.Invocation quotas) {
    Optional<MachineAddress> machine = Topics.machineOf(origin.topic());
    if (machine.isPresent()) {
      return report(machine.get(), body, origin);
    }
    Optional<GatewayId> healthOf = Topics.healthOf(origin.topic());
    if (healthOf.isPresent()) {
      return health(healthOf.get(), body.path("health"), origin);
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

  /// A batch that is over quota is rejected by its header, without reading its events.
  private static InboundMessage batch(
      GatewayAddress sender, JsonNode body, Origin origin, GatewayQuotas.Invocation quotas) {
    Optional<BatchHeader> header = BatchCodec.header(body);
    Optional<Rejection> excess =
        header.flatMap(it -> quotas.check(sender, it, origin.receivedAt()));
    return excess.isPresent()
        ? undecodable(origin, excess.get(), sentBatch(sender, header))
        : message(sender, body, origin, BatchCodec::decode);
  }

  /// A shadow's topic does not name the gym: the body does, and the validator requires that the
  /// gateway is on that gym's floor plan.
  private static InboundMessage health(GatewayId sender, JsonNode body, Origin origin) {
    return switch (GatewayHealthCodec.decode(body)) {
      case DecodeResult.Valid<GatewayHealth>(GatewayHealth health) ->
          new InboundMessage.FromGateway(
              new GatewayAddress(health.from().gym(), sender), health, origin);
      case DecodeResult.Invalid<GatewayHealth> it ->
          undecodable(origin, it.rejection(), Optional.empty());
    };
  }

  private static InboundMessage report(MachineAddress machine, JsonNode body, Origin origin) {
    if (oversize(origin.text())) {
      return undecodable(origin, tooLarge(), Optional.empty());
    }
    return switch (StatusReportCodec.decode(body)) {
      case DecodeResult.Valid<StatusReport>(StatusReport report) ->
          new InboundMessage.FromMachine(machine, report, origin);
      case DecodeResult.Invalid<StatusReport> it ->
          undecodable(origin, it.rejection(), Optional.empty());
    };
  }

  private static <T extends GatewayMessage> InboundMessage message(
      GatewayAddress sender,
      JsonNode body,
      Origin origin,
      Function<JsonNode, DecodeResult<T>> codec) {
    DecodeResult<T> decoded = codec.apply(body);
    if (oversize(origin.text())) {
      return undecodable(origin, tooLarge(), sentBatch(sender, header(decoded)));
    }
    return switch (decoded) {
      case DecodeResult.Valid<T>(T message) ->
          new InboundMessage.FromGateway(sender, message, origin);
      case DecodeResult.Invalid<T> it ->
          undecodable(origin, it.rejection(), sentBatch(sender, it.header()));
    };
  }

  private static <T extends GatewayMessage> Optional<BatchHeader> header(DecodeResult<T> decoded) {
    return switch (decoded) {
      case DecodeResult.Valid<T>(T message) ->
          message instanceof EventBatch batch
              ? Optional.of(
                  new BatchHeader(batch.from(), batch.outbox(), batch.range(), batch.sender()))
              : Optional.empty();
      case DecodeResult.Invalid<T> invalid -> invalid.header();
    };
  }

  private static Optional<InboundMessage.SentBatch> sentBatch(
      GatewayAddress sender, Optional<BatchHeader> header) {
    return header.map(it -> new InboundMessage.SentBatch(sender, it));
  }

  private static InboundMessage undecodable(
      Origin origin, Rejection rejection, Optional<InboundMessage.SentBatch> batch) {
    return new InboundMessage.Undecodable(origin.report(rejection), batch);
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

  /// A message from the queue, decoded.
  sealed interface InboundMessage {

    /// Topic, time and text of a message.
    ///
    /// @param receivedAt when the broker's rule took the message
    /// @param text the message as the rule passed it on; quoted in error reports
    record Origin(String topic, Instant receivedAt, String text) {
      ErrorReport report(Rejection rejection) {
        return report(rejection, text.getBytes(StandardCharsets.UTF_8));
      }

      /// @param payload the message as its sender published it
      ErrorReport report(Rejection rejection, byte[] payload) {
        return ErrorReport.of(rejection, topic, Optional.of(receivedAt), payload);
      }
    }

    /// @param sender the gateway that owns the topic; the broker lets no other client publish there
    record FromGateway(GatewayAddress sender, GatewayMessage message, Origin origin)
        implements InboundMessage {}

    /// @param sender the machine that owns the topic
    record FromMachine(MachineAddress sender, StatusReport report, Origin origin)
        implements InboundMessage {}

    /// A message that cannot be decoded, or that is over quota.
    ///
    /// @param batch the batch's header, if it could be read
    record Undecodable(ErrorReport report, Optional<SentBatch> batch) implements InboundMessage {}

    /// A duplicate: another rule delivers the same message with its fields.
    record Duplicate() implements InboundMessage {}

    /// @param sender the gateway that owns the topic
    record SentBatch(GatewayAddress sender, BatchHeader header) {}
  }
}
