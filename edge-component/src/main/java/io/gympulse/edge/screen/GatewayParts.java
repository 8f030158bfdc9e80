package io.gympulse.edge.screen;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.outbox.EventQueue;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.ReceivedMessage;
import io.gympulse.edge.status.GatewayStatus;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.uplink.UplinkMonitor.LinkStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The parts of a running gateway that the screen shows; each may be asked by any thread.
///
/// @param plan as it was when the gateway started
/// @param machines the present states, with wall times
public record GatewayParts(
    FloorPlan plan,
    Supplier<GatewayStatus> status,
    List<ReadingSource> sources,
    Supplier<List<MachineState>> machines,
    EventQueue outbox,
    Supplier<LinkStatus> link,
    GatewayTime time) {
  public GatewayParts {
    sources = List.copyOf(sources);
  }

  /// The last messages of all sensors.
  Map<SensorId, List<ReceivedMessage>> messages() {
    Map<SensorId, List<ReceivedMessage>> messages = new HashMap<>();
    sources.forEach(it -> messages.putAll(it.messages()));
    return messages;
  }
}
