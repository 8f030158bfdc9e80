package io.gympulse.edge.doctor;

import io.gympulse.edge.configuration.ConfigurationException;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.configuration.GatewayConfigurationFile;
import io.gympulse.edge.uplink.UplinkSettings;
import java.nio.file.Path;

/// The configuration with all its files, and all mistakes of the floor plan.
///
/// @param file the gateway's configuration
record ConfigurationCheck(Path file) implements Check {

  @Override
  public String name() {
    return "configuration";
  }

  @Override
  public Finding run() {
    try {
      GatewayConfiguration read = GatewayConfigurationFile.read(file);
      String uplink =
          switch (read.uplink()) {
            case UplinkSettings.Direct it -> "direct to %s:%d".formatted(it.host(), it.port());
            case UplinkSettings.Greengrass _ -> "by Greengrass";
          };
      return Finding.ok(
          "%s: gateway %s of gym %s, %d machines, %d sensors, uplink %s"
              .formatted(
                  file,
                  read.address().gateway(),
                  read.address().gym(),
                  read.machines().size(),
                  read.machines().stream().mapToInt(it -> it.sensors().size()).sum(),
                  uplink));
    } catch (ConfigurationException e) {
      String message = String.valueOf(e.getMessage());
      return message.lines().count() > 1
          ? Finding.failed(message, "correct all of them; `gympulse plan check` shows their lines")
          : Finding.failed(message);
    }
  }
}
