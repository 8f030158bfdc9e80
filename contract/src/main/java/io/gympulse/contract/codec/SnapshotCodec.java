package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.codec.MessageJson.InvalidBody;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.json.JsonCursor;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.contract.message.Snapshot;
import java.util.Optional;

/// Version 1 of a snapshot: a row per machine `[machine, status, since, reason?]`.
public final class SnapshotCodec {
  private static final int VERSION = 1;
  private static final int MAX_MACHINES = 2_000;

  private SnapshotCodec() {}

  public static byte[] encode(Snapshot snapshot) {
    ObjectNode body = MessageJson.body(VERSION, snapshot.from());
    body.put("sentAt", snapshot.sentAt().toEpochMilli());
    ArrayNode rows = body.putArray("machines");
    for (MachineState state : snapshot.machines()) {
      ArrayNode row = rows.addArray();
      row.add(state.machine().value()).add(state.status().wireName());
      row.add(state.since().toEpochMilli());
      state.reason().ifPresent(it -> row.add(it.wireName()));
    }
    return JsonTree.bytes(body);
  }

  public static DecodeResult<Snapshot> decode(byte[] body) {
    return MessageJson.decode(body, (JsonNode node) -> decode(node));
  }

  public static DecodeResult<Snapshot> decode(JsonNode body) {
    return MessageJson.read(body, SnapshotCodec::read);
  }

  private static Snapshot read(JsonCursor<InvalidBody> body) {
    MessageJson.requireVersion(body, VERSION);
    return new Snapshot(
        MessageJson.address(body),
        MessageJson.millis(body.field("sentAt")),
        body.field("machines").list(MAX_MACHINES, it -> state(it.array(3, 4))));
  }

  private static MachineState state(JsonCursor<InvalidBody> row) {
    Optional<UnknownReason> reason =
        row.size() < 4
            ? Optional.empty()
            : Optional.of(row.element(3).named(UnknownReason::ofWireName, "the known reasons"));
    return row.checked(
        () ->
            new MachineState(
                row.element(0).parse(MachineId::new),
                row.element(1).named(MachineStatus::ofWireName, "free, occupied, unknown"),
                MessageJson.millis(row.element(2)),
                reason));
  }
}
