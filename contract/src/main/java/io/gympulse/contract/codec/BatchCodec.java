package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Version 1 of a batch: a header, and a row per event
/// `[seq, machine, status, at, quality, reason?]`, times in epoch milliseconds.
///
/// `firstSeq` and `lastSeq` repeat the ends of the rows, so that a batch whose rows cannot be read
/// can still be answered. Fields that are not known are ignored.
public final class BatchCodec {
  /// The most events one batch may hold.
  public static final int MAX_EVENTS = 10_000;

  private static final int VERSION = 1;

  private BatchCodec() {}

  public static byte[] encode(EventBatch batch) {
    ObjectNode body = Written.message(VERSION, batch.from());
    body.put("outboxId", batch.outbox().toString());
    body.put("kind", batch.kind().wireName());
    body.put("firstSeq", batch.range().first().value());
    body.put("lastSeq", batch.range().last().value());
    body.put("sentAt", batch.sentAt().toEpochMilli());
    batch.coveredTo().ifPresent(it -> body.put("coveredTo", it.toEpochMilli()));
    ArrayNode rows = body.putArray("events");
    for (MachineEvent event : batch.events()) {
      ArrayNode row = rows.addArray();
      row.add(event.seq().value()).add(event.machine().value()).add(event.status().wireName());
      row.add(event.at().toEpochMilli()).add(event.quality().wireName());
      event.reason().ifPresent(it -> row.add(it.wireName()));
    }
    return Written.bytes(body);
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

  private static Optional<Addressing> addressing(JsonNode body) {
    return switch (Body.decode(body, BatchCodec::header)) {
      case Decoded.Valid<Addressing> valid -> Optional.of(valid.value());
      case Decoded.Invalid<Addressing> _ -> Optional.empty();
    };
  }

  private static Addressing header(Body body) {
    Body last = body.child("lastSeq");
    long first = body.child("firstSeq").integer();
    return new Addressing(
        body.address(), body.outbox(), last.checked(() -> SeqRange.of(first, last.integer())));
  }

  private static EventBatch read(Body body) {
    body.requireVersion(VERSION);
    Addressing header = header(body);
    BatchKind kind = body.child("kind").named(BatchKind::ofWireName, "live, backlog");
    Body events = body.child("events");
    List<MachineEvent> rows =
        Arrays.stream(events.rows(MAX_EVENTS, 5, 6)).map(BatchCodec::event).toList();
    EventBatch batch =
        events.checked(
            () ->
                new EventBatch(
                    header.from(),
                    header.outbox(),
                    kind,
                    body.child("sentAt").millis(),
                    body.optional("coveredTo").map(Body::millis),
                    rows));
    if (!batch.range().equals(header.range())) {
      throw events.wrong(
          "holds %s, firstSeq and lastSeq say %s".formatted(batch.range(), header.range()));
    }
    return batch;
  }

  private static MachineEvent event(Body row) {
    Body seq = row.cell(0);
    Sequence sequence = seq.checked(() -> new Sequence(seq.integer()));
    MachineStatus status = row.cell(2).named(MachineStatus::ofWireName, "free, occupied, unknown");
    Optional<UnknownReason> reason =
        row.size() < 6
            ? Optional.empty()
            : Optional.of(row.cell(5).named(UnknownReason::ofWireName, "the known reasons"));
    return row.checked(
        () ->
            new MachineEvent(
                sequence,
                row.cell(1).parse(MachineId::new),
                status,
                reason,
                row.cell(3).millis(),
                row.cell(4).named(TimeQuality::ofWireName, "synced, corrected, bounded")));
  }
}
