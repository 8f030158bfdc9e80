package io.gympulse.system.environment;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Free ports of the loopback interface, from 10,000 to 31,999: below the ephemeral ports, so
/// that no outgoing connection takes one before it is listened on. Processes with different ids
/// pick from different ranges. Thread-safe.
public final class Ports {
  private static final int FIRST = 10_000;
  private static final int RANGES = 220;
  private static final int PORTS_PER_RANGE = 100;
  private static final AtomicInteger NEXT = new AtomicInteger();

  private Ports() {}

  /// A port that nothing listens on and that this process has not picked recently. It is not
  /// reserved: another process may take it.
  ///
  /// @throws IOException if all ports of the range are in use
  public static int free() throws IOException {
    int first = FIRST + PORTS_PER_RANGE * (int) (ProcessHandle.current().pid() % RANGES);
    for (int i = 0; i < PORTS_PER_RANGE; i++) {
      int port = first + Math.floorMod(NEXT.getAndIncrement(), PORTS_PER_RANGE);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException(
        "all ports from %d to %d are in use".formatted(first, first + PORTS_PER_RANGE - 1));
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (BindException e) {
      return false;
    }
  }
}
