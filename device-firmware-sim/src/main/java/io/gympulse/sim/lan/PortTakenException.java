package io.gympulse.sim.lan;

import java.io.IOException;

/// The address cannot be listened on: another process has the port, or the host is not this
/// machine's.
public final class PortTakenException extends IOException {
  PortTakenException(LanAddress address, Throwable cause) {
    super("cannot listen on %s: %s".formatted(address, cause.getMessage()), cause);
  }
}
