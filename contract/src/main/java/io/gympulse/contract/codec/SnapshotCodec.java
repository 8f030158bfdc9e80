package io.gympulse.contract.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.message.Snapshot;
import java.util.Arrays;
import java.util.Optional;

/// Version 1 of a snapshot: a row per machine `[machine, status, since, reason?]`.
public final class SnapshotCodec {
  private static final int VERSION = 1;
  private static final int MAX_MACHINES = 2_000;

  private SnapshotCodec() {}

  public static byte[] encode(Snapshot snapshot) {
    ObjectNode body = Written.message(VERSION, snapshot.from());
    body.put("sentAt", snapshot.sentAt().toEpochMilli());
    ArrayNode rows = body.putArray("machines");
    for (MachineState state : snapshot.machines()) {
      ArrayNode row = rows.addArray();
      row.add(state.machine().value()).add(state.status().wireName());
      row.add(state.since().toEpochMilli());
      state.reason().ifPresent(it -> row.add(it.wireName()));
    }
    return Written.bytes(body);
  }

  public static Decoded<Snapshot> decode(byte[] body) {
    return Body.decode(body, (JsonNode node) -> decode(node));
  }

  public static Decoded<Snapshot> decode(JsonNode body) {
    return Body.decode(body, SnapshotCodec::read);
  }

  private static Snapshot read(Body body) {
    body.requireVersion(VERSION);
    return new Snapshot(
        body.address(),
        body.child("sentAt").millis(),
        Arrays.stream(body.child("machines").rows(MAX_MACHINES, 3, 4))
            .map(SnapshotCodec::state)
            .toList());
  }

  private static MachineState state(Body row) {
    Optional<UnknownReason> reason =
        row.size() < 4
            ? Optional.empty()
            : Optional.of(row.cell(3).named(UnknownReason::ofWireName, "the known reasons"));
    return row.checked(
        () ->
            new MachineState(
                row.cell(0).parse(MachineId::new),
                row.cell(1).named(MachineStatus::ofWireName, "free, occupied, unknown"),
                row.cell(2).millis(),
                reason));
  }
}
