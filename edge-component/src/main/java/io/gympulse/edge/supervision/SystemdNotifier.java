package io.gympulse.edge.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notifies systemd of the gateway's state, by the protocol of `sd_notify(3)`. A failure is logged:
/// systemd then does what the unit says. Safe for any number of threads; no method blocks.
///
/// @param socket of systemd, from `NOTIFY_SOCKET`
/// @param watchdogInterval how often to call [#watchdog]: half of the unit's `WatchdogSec`; empty
///     if it has none
public record SystemdNotifier(String socket, Optional<Duration> watchdogInterval) {
  private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);

  /// Empty if the process is no unit of `Type=notify`.
  ///
  /// @param environment the process's variables
  public static Optional<SystemdNotifier> of(Map<String, String> environment) {
    String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (socket.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SystemdNotifier(socket, interval(environment.getOrDefault("WATCHDOG_USEC", ""))));
  }

  private static Optional<Duration> interval(String microseconds) {
    try {
      Duration limit = Duration.ofNanos(Math.multiplyExact(Long.parseLong(microseconds), 1_000L));
      return limit.isPositive() ? Optional.of(limit.dividedBy(2)) : Optional.empty();
    } catch (NumberFormatException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /// The gateway has started.
  public void ready() {
    send("READY=1");
  }

  /// The gateway makes progress.
  public void watchdog() {
    send("WATCHDOG=1");
  }

  private void send(String state) {
    try {
      UnixDatagram.send(socket, state);
    } catch (IOException e) {
      LOG.warn("systemd was not notified of {}: {}", state, e.getMessage());
    }
  }
}
