package io.gympulse.system.rig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports of the loopback interface.
final class Ports {
  private Ports() {}

  /// A port that nothing listens on now. It is not reserved: something else may take it.
  static int free() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
