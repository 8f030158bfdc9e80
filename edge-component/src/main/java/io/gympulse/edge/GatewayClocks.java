package io.gympulse.edge;

import io.gympulse.edge.configuration.ConfigurationException;
import io.gympulse.edge.configuration.GatewayConfiguration.ClockTrust;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.time.KernelClocks;
import io.gympulse.edge.time.MachineClocks;
import io.gympulse.edge.time.ScaledClocks;
import io.gympulse.edge.time.ScriptedClocks;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Chooses the clocks of the gateway.
final class GatewayClocks {
  private GatewayClocks() {}

  /// The machine's own clocks.
  static GatewayTime ofMachine(ClockTrust trust) throws ConfigurationException, IOException {
    return switch (trust) {
      case KERNEL -> {
        if (!KernelClocks.available()) {
          throw new ConfigurationException(
              "key 'clock': found 'kernel', but this machine does not run Linux; give 'trusted' if "
                  + "its clock is kept synchronised");
        }
        yield new GatewayTime(KernelClocks.open());
      }
      case TRUSTED -> ofProcess(ProcessClock.real(), Optional.empty());
    };
  }

  /// The clocks of a demonstration or a test.
  ///
  /// @param script specifies their faults
  static GatewayTime ofProcess(ProcessClock clock, Optional<Path> script) throws IOException {
    if (script.isPresent()) {
      return new GatewayTime(new ScriptedClocks(script.get(), clock));
    }
    MachineClocks boot = KernelClocks.available() ? KernelClocks.open() : MachineClocks.ofProcess();
    return new GatewayTime(new ScaledClocks(boot, clock));
  }
}
