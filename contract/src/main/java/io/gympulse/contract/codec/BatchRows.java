package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.json.JsonCursor;
import java.util.List;
import java.util.Optional;

/// The events of a batch of version 1, a row each: `[seq, machine, status, at, quality, reason?]`.
final class BatchRows {
  private BatchRows() {}

  static void write(List<MachineEvent> events, ArrayNode rows) {
    for (MachineEvent event : events) {
      ArrayNode row = rows.addArray();
      row.add(event.seq().value()).add(event.machine().value()).add(event.status().wireName());
      row.add(event.at().toEpochMilli()).add(event.quality().wireName());
      event.reason().ifPresent(it -> row.add(it.wireName()));
    }
  }

  static List<MachineEvent> read(JsonCursor<InvalidBody> rows) {
    return rows.list(BatchCodec.MAX_EVENTS, it -> event(it.array(5, 6)));
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
