package io.gympulse.edge;

import io.gympulse.edge.configuration.ClockTrust;
import io.gympulse.edge.configuration.ConfigurationException;
import io.gympulse.edge.time.BootClock;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.time.KernelClocks;
import io.gympulse.edge.time.ProcessBootClock;
import io.gympulse.edge.time.ScaledClocks;
import io.gympulse.edge.time.ScriptedClocks;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The clocks that the gateway is to go by.
final class Clocks {
  private Clocks() {}

  /// The machine's own.
  static GatewayTime ofMachine(ClockTrust trust) throws ConfigurationException, IOException {
    return switch (trust) {
      case KERNEL -> {
        if (!KernelClocks.available()) {
          throw new ConfigurationException(
              "key 'clock': found 'kernel', but this machine does not run Linux; give 'trusted' if "
                  + "its clock is kept right");
        }
        KernelClocks kernel = KernelClocks.open();
        yield new GatewayTime(kernel, kernel);
      }
      case TRUSTED -> ofProcess(ProcessClock.real(), Optional.empty());
    };
  }

  /// Those of a demonstration or a proof.
  ///
  /// @param script makes them go wrong
  static GatewayTime ofProcess(ProcessClock clock, Optional<Path> script) throws IOException {
    if (script.isPresent()) {
      ScriptedClocks scripted = new ScriptedClocks(script.get(), clock);
      return new GatewayTime(scripted, scripted);
    }
    BootClock boot = KernelClocks.available() ? KernelClocks.open() : new ProcessBootClock();
    ScaledClocks scaled = new ScaledClocks(boot, clock);
    return new GatewayTime(scaled, scaled);
  }
}
