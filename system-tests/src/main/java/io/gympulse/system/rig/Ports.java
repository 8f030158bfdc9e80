package io.gympulse.system.rig;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports of the loopback interface. They lie below those that systems give to clients, so that no
/// connection takes one before it is listened on, and processes with different ids pick from
/// different parts. Thread-safe.
public final class Ports {
  private static final int FIRST = 10_000;
  private static final int PARTS = 220;
  private static final int PORTS_PER_PART = 100;

  private static final AtomicInteger PICKED = new AtomicInteger();

  private Ports() {}

  /// A port that nothing listens on now, and that this process has not picked lately. It is not
  /// reserved: something else may take it.
  ///
  /// @throws IOException if there is none
  public static int free() throws IOException {
    int part = FIRST + PORTS_PER_PART * (int) (ProcessHandle.current().pid() % PARTS);
    for (int i = 0; i < PORTS_PER_PART; i++) {
      int port = part + Math.floorMod(PICKED.getAndIncrement(), PORTS_PER_PART);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException(
        "all ports from %d to %d are in use".formatted(part, part + PORTS_PER_PART - 1));
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (BindException e) {
      return false;
    }
  }
}
