package io.gympulse.edge.configuration;

import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.uplink.UplinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything a gateway needs to know to start.
///
/// @param machines those to be watched: machines of the floor plan that have sensors
/// @param lan present if any of their sensors is on MQTT
public record GatewayConfiguration(
    GatewayAddress address,
    List<Machine> machines,
    Path dataDir,
    Optional<LanBrokerConfig> lan,
    UplinkSettings uplink,
    Timing timing) {
  public GatewayConfiguration {
    machines = List.copyOf(machines);
  }

  /// @param heartbeat how often the gateway says it is alive
  /// @param retry how long it waits for an acknowledgement before it repeats
  /// @param stuckAfter how long a sensor may stay active until it is not believed any more
  public record Timing(Duration heartbeat, Duration retry, Duration stuckAfter, ClockTrust clock) {}
}
