package io.gympulse.edge;

import java.util.Arrays;

/// The entry point of the gateway's jar: `java -jar gympulse-gateway-aarch64.jar [COMMAND] OPTION
/// ..`, where the command is `gateway`, which is also meant without one, `sensors` or `doctor`.
public final class GatewayJar {
  private GatewayJar() {}

  /// @param arguments the command, if any, and its options
  public static void main(String[] arguments) {
    String command = arguments.length == 0 ? "" : arguments[0];
    String[] options =
        Arrays.copyOfRange(arguments, Math.min(1, arguments.length), arguments.length);
    switch (command) {
      case "doctor" -> Doctor.main(options);
      case "sensors" -> Sensors.main(options);
      case "gateway" -> Gateway.main(options);
      default -> Gateway.main(arguments);
    }
  }
}
