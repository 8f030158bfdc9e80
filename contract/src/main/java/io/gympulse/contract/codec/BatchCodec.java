package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Both versions of a batch. They have the same header; the events are in `events`, a JSON row each
/// (version 1), or in `columns`, one text (version 2, [ColumnsWriter]). Only version 2 has
/// summaries.
///
/// `firstSeq` and `lastSeq` repeat the range of the events, so that a batch whose events cannot be
/// decoded can still be rejected by its sequence numbers. Unknown fields are ignored.
public final class BatchCodec {
  /// The most events one batch may hold.
  public static final int MAX_EVENTS = 10_000;

  private static final int ROWS = 1;
  private static final int COLUMNS = 2;

  // Above this, version 2 is always smaller.
  private static final int MAX_ROWS = 8;

  /// The header of a batch: the gateway, the outbox and the range of its events. It can be read
  /// even if the events cannot be decoded.
  public record BatchHeader(
      GatewayAddress from, OutboxId outbox, SeqRange range, Optional<SenderId> sender) {}

  private BatchCodec() {}

  /// Writes the version that takes fewer bytes.
  public static byte[] encode(EventBatch batch) {
    byte[] columns = columns(batch);
    if (batch.events().size() > MAX_ROWS || hasSummary(batch)) {
      return columns;
    }
    byte[] rows = rows(batch);
    return rows.length < columns.length ? rows : columns;
  }

  /// Writes version 1.
  ///
  /// @throws IllegalArgumentException if an event has a summary
  public static byte[] rows(EventBatch batch) {
    if (hasSummary(batch)) {
      throw new IllegalArgumentException("version 1 of a batch has no summaries");
    }
    ObjectNode body = newBody(ROWS, batch);
    writeRows(batch.events(), body.putArray("events"));
    return JsonTree.bytes(body);
  }

  /// Writes version 2.
  public static byte[] columns(EventBatch batch) {
    ObjectNode body = newBody(COLUMNS, batch);
    body.put(
        "columns",
        ColumnsWriter.write(batch.events(), batch.range().first(), batch.sentAt().toEpochMilli()));
    return JsonTree.bytes(body);
  }

  private static boolean hasSummary(EventBatch batch) {
    return batch.events().stream().anyMatch(it -> it.summary().isPresent());
  }

  private static ObjectNode newBody(int version, EventBatch batch) {
    ObjectNode body = MessageJson.body(version, batch.from());
    body.put("outboxId", batch.outbox().toString());
    body.put("kind", batch.kind().wireName());
    body.put("firstSeq", batch.range().first().value());
    body.put("lastSeq", batch.range().last().value());
    body.put("sentAt", batch.sentAt().toEpochMilli());
    batch.coveredTo().ifPresent(it -> body.put("coveredTo", it.toEpochMilli()));
    batch.sender().ifPresent(it -> body.put("sender", it.value()));
    return body;
  }

  public static DecodeResult<EventBatch> decode(byte[] body) {
    return MessageJson.decode(body, (JsonNode node) -> decode(node));
  }

  public static DecodeResult<EventBatch> decode(JsonNode body) {
    return switch (MessageJson.read(body, BatchCodec::read)) {
      case DecodeResult.Valid<EventBatch> valid -> valid;
      case DecodeResult.Invalid<EventBatch> invalid ->
          new DecodeResult.Invalid<>(invalid.rejection(), header(body));
    };
  }

  /// A batch's header, without reading its events; empty if it is not valid, and then the batch is
  /// not valid either. A valid batch has no more events than the header's range has numbers.
  public static Optional<BatchHeader> header(JsonNode body) {
    return switch (MessageJson.read(body, BatchCodec::readHeader)) {
      case DecodeResult.Valid<BatchHeader> valid -> Optional.of(valid.value());
      case DecodeResult.Invalid<BatchHeader> _ -> Optional.empty();
    };
  }

  private static BatchHeader readHeader(JsonCursor<InvalidBody> body) {
    JsonCursor<InvalidBody> last = body.field("lastSeq");
    long first = body.field("firstSeq").integer();
    return new BatchHeader(
        MessageJson.address(body),
        MessageJson.outbox(body.field("outboxId")),
        last.checked(() -> SeqRange.of(first, last.integer())),
        MessageJson.sender(body));
  }

  private static EventBatch read(JsonCursor<InvalidBody> body) {
    boolean inRows = MessageJson.version(body, ROWS, COLUMNS) == ROWS;
    BatchHeader header = readHeader(body);
    BatchKind kind = body.field("kind").named(BatchKind::ofWireName, "live, backlog");
    JsonCursor<InvalidBody> field = body.field(inRows ? "events" : "columns");
    Instant sentAt = MessageJson.millis(body.field("sentAt"));
    List<MachineEvent> events =
        inRows
            ? readRows(field)
            : ColumnsReader.read(field, header.range().first(), sentAt.toEpochMilli());
    EventBatch batch =
        field.checked(
            () ->
                new EventBatch(
                    header.from(),
                    header.outbox(),
                    kind,
                    sentAt,
                    body.optional("coveredTo", MessageJson::millis),
                    events,
                    header.sender()));
    if (!batch.range().equals(header.range())) {
      throw field.invalid(
          "holds %s, but firstSeq and lastSeq are %s".formatted(batch.range(), header.range()));
    }
    return batch;
  }

  /// A row for each event: `[seq, machine, status, at, quality, reason?]`.
  private static void writeRows(List<MachineEvent> events, ArrayNode rows) {
    for (MachineEvent event : events) {
      ArrayNode row = rows.addArray();
      row.add(event.seq().value()).add(event.machine().value()).add(event.status().wireName());
      row.add(event.at().toEpochMilli()).add(event.quality().wireName());
      event.reason().ifPresent(it -> row.add(it.wireName()));
    }
  }

  private static List<MachineEvent> readRows(JsonCursor<InvalidBody> rows) {
    return rows.list(MAX_EVENTS, it -> event(it.array(5, 6)));
  }

  private static MachineEvent event(JsonCursor<InvalidBody> row) {
    JsonCursor<InvalidBody> seq = row.element(0);
    Sequence sequence = seq.checked(() -> new Sequence(seq.integer()));
    MachineStatus status =
        row.element(2).named(MachineStatus::ofWireName, "free, occupied, unknown");
    Optional<UnknownReason> reason =
        row.size() < 6
            ? Optional.empty()
            : Optional.of(row.element(5).named(UnknownReason::ofWireName, "the known reasons"));
    return row.checked(
        () ->
            new MachineEvent(
                sequence,
                row.element(1).parse(MachineId::new),
                status,
                reason,
                MessageJson.millis(row.element(3)),
                row.element(4).named(TimeQuality::ofWireName, "synced, corrected, bounded")));
  }
}
