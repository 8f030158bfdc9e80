package io.gympulse.edge.screen;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.sensing.ReceivedMessage;
import io.gympulse.edge.status.GatewayStatus;
import io.gympulse.edge.status.GatewayStatus.SensorStatus;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.uplink.UplinkMonitor.LinkStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes what the screen shows of the gateway as JSON. Times are in whole seconds: while the wall
/// clock is not synchronised, the conversion of one time may differ by a millisecond each time.
final class StatusJson {
  private StatusJson() {}

  static ObjectNode write(GatewayParts parts) {
    GatewayStatus status = parts.status().get();
    GatewayTime time = parts.time();
    FloorPlan plan = parts.plan();
    ObjectNode root = JsonTree.object();
    root.put("gym", plan.gym().name()).put("gymId", plan.gym().id().value());
    root.put("gateway", plan.gateway().value()).put("zone", plan.gym().zone().getId());
    root.put("clock", time.bootedAt().isPresent() ? "synchronised" : "not synchronised");
    write(parts.link().get(), time, root.putObject("link"));
    write(parts.outbox().counts(), root.putObject("outbox"));
    ArrayNode sources = root.putArray("sources");
    status
        .sources()
        .forEach(
            it ->
                sources
                    .addObject()
                    .put("source", it.name())
                    .put("status", it.status())
                    .put("reason", it.reason()));
    writeMachines(parts, root.putArray("machines"));
    Map<SensorId, List<ReceivedMessage>> messages = parts.messages();
    ArrayNode sensors = root.putArray("sensors");
    for (SensorStatus it : status.sensors()) {
      write(it, messages.getOrDefault(it.sensor(), List.of()), time, sensors.addObject());
    }
    return root;
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void write(LinkStatus link, GatewayTime time, ObjectNode node) {
    node.put("connected", link.connected()).put("reason", link.reason());
    node.put("since", seconds(time.displayedWall(link.since())));
    link.acknowledgedAt()
        .ifPresent(it -> node.put("acknowledgedAt", seconds(time.displayedWall(it))));
  }

  private static void write(Counts counts, ObjectNode node) {
    node.put("recorded", counts.recorded()).put("waiting", counts.waiting());
    node.put("acknowledged", counts.acknowledged()).put("quarantined", counts.quarantined());
  }

  private static void writeMachines(GatewayParts parts, ArrayNode machines) {
    Map<MachineId, MachineState> states = new HashMap<>();
    parts.machines().get().forEach(it -> states.put(it.machine(), it));
    for (Machine machine : parts.plan().machines()) {
      ObjectNode node = machines.addObject();
      node.put("id", machine.id().value()).put("name", machine.name());
      MachineState state = states.get(machine.id());
      if (state != null) {
        node.put("status", state.status().wireName()).put("since", seconds(state.since()));
        state.reason().map(UnknownReason::wireName).ifPresent(it -> node.put("reason", it));
      }
    }
  }

  private static void write(
      SensorStatus sensor, List<ReceivedMessage> messages, GatewayTime time, ObjectNode node) {
    node.put("sensor", sensor.sensor().value()).put("machine", sensor.machine().value());
    node.put("source", sensor.source()).put("verdict", sensor.verdict());
    node.put("since", seconds(sensor.since())).put("reason", sensor.reason());
    node.put("read", sensor.read()).put("ignored", sensor.ignored());
    node.put("malformed", sensor.malformed());
    sensor.lastMessageAt().ifPresent(it -> node.put("lastMessageAt", seconds(it)));
    sensor.lastValue().ifPresent(it -> node.put("lastValue", it));
    sensor.hints().forEach(node.putArray("hints")::add);
    ArrayNode written = node.putArray("messages");
    messages.forEach(
        it ->
            written
                .addObject()
                .put("at", seconds(time.displayedWall(it.at())))
                .put("raw", it.raw())
                .put("reading", it.reading()));
  }
}
