package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import java.util.List;
import java.util.Optional;

/// Both versions of a batch: the same header, and the events as `events`, a JSON row each (version
/// 1, [BatchRows]), or as `columns`, one text (version 2, [ColumnsWriter]). Summaries exist in
/// version 2 only.
///
/// `firstSeq` and `lastSeq` repeat the ends of the events, so that a batch whose events cannot be
/// read can still be answered. Fields that are not known are ignored.
public final class BatchCodec {
  /// The most events one batch may hold.
  public static final int MAX_EVENTS = 10_000;

  private static final int ROWS = 1;
  private static final int COLUMNS = 2;

  // From here on columns are always the smaller.
  private static final int FEW = 8;

  private BatchCodec() {}

  /// In the version that takes fewer bytes.
  public static byte[] encode(EventBatch batch) {
    byte[] columns = columns(batch);
    if (batch.events().size() > FEW || summarizes(batch)) {
      return columns;
    }
    byte[] rows = rows(batch);
    return rows.length < columns.length ? rows : columns;
  }

  /// Version 1.
  ///
  /// @throws IllegalArgumentException if an event has a summary
  public static byte[] rows(EventBatch batch) {
    if (summarizes(batch)) {
      throw new IllegalArgumentException("version 1 of a batch has no summaries");
    }
    ObjectNode body = header(ROWS, batch);
    BatchRows.write(batch.events(), body.putArray("events"));
    return Written.bytes(body);
  }

  /// Version 2.
  public static byte[] columns(EventBatch batch) {
    ObjectNode body = header(COLUMNS, batch);
    body.put(
        "columns",
        ColumnsWriter.write(batch.events(), batch.range().first(), batch.sentAt().toEpochMilli()));
    return Written.bytes(body);
  }

  private static boolean summarizes(EventBatch batch) {
    return batch.events().stream().anyMatch(it -> it.summary().isPresent());
  }

  private static ObjectNode header(int version, EventBatch batch) {
    ObjectNode body = Written.message(version, batch.from());
    body.put("outboxId", batch.outbox().toString());
    body.put("kind", batch.kind().wireName());
    body.put("firstSeq", batch.range().first().value());
    body.put("lastSeq", batch.range().last().value());
    body.put("sentAt", batch.sentAt().toEpochMilli());
    batch.coveredTo().ifPresent(it -> body.put("coveredTo", it.toEpochMilli()));
    batch.sender().ifPresent(it -> body.put("sender", it.value()));
    return body;
  }

  public static Decoded<EventBatch> decode(byte[] body) {
    return Body.decode(body, (JsonNode node) -> decode(node));
  }

  public static Decoded<EventBatch> decode(JsonNode body) {
    return switch (Body.decode(body, BatchCodec::read)) {
      case Decoded.Valid<EventBatch> valid -> valid;
      case Decoded.Invalid<EventBatch> invalid ->
          new Decoded.Invalid<>(invalid.rejection(), addressing(body));
    };
  }

  /// What a batch's header says it is about, without reading its events; empty if that cannot be
  /// read, nor can the batch then. It holds no more events than [Addressing#range] has numbers.
  public static Optional<Addressing> addressing(JsonNode body) {
    return switch (Body.decode(body, BatchCodec::header)) {
      case Decoded.Valid<Addressing> valid -> Optional.of(valid.value());
      case Decoded.Invalid<Addressing> _ -> Optional.empty();
    };
  }

  private static Addressing header(Body body) {
    Body last = body.child("lastSeq");
    long first = body.child("firstSeq").integer();
    return new Addressing(
        body.address(),
        body.outbox(),
        last.checked(() -> SeqRange.of(first, last.integer())),
        body.sender());
  }

  private static EventBatch read(Body body) {
    boolean inRows = body.version(ROWS, COLUMNS) == ROWS;
    Addressing header = header(body);
    BatchKind kind = body.child("kind").named(BatchKind::ofWireName, "live, backlog");
    Body field = body.child(inRows ? "events" : "columns");
    List<MachineEvent> events =
        inRows
            ? BatchRows.read(field)
            : ColumnsReader.read(
                field, header.range().first(), body.child("sentAt").millis().toEpochMilli());
    EventBatch batch =
        field.checked(
            () ->
                new EventBatch(
                    header.from(),
                    header.outbox(),
                    kind,
                    body.child("sentAt").millis(),
                    body.optional("coveredTo").map(Body::millis),
                    events,
                    header.sender()));
    if (!batch.range().equals(header.range())) {
      throw field.wrong(
          "holds %s, firstSeq and lastSeq say %s".formatted(batch.range(), header.range()));
    }
    return batch;
  }
}
