package io.gympulse.local;

import io.gympulse.cloud.api.alerts.AlertQuotas;
import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The settings of a local cloud.
///
/// @param names by which clients reach the broker, in addition to the host and the machine's own
/// @param mqttPort 0 for any free one
/// @param httpPort 0 for any free one
/// @param floorPlans a folder of floor plans in addition to that of the data directory
/// @param offlineAfter the time without contact after which a gateway is offline, on the cloud's
///     clock
/// @param acknowledgeWithin how long acknowledgements of live events may be held, on the cloud's
///     clock; 0 to publish them at once
/// @param api the server of REST, live updates and the page
/// @param allowFaults whether fault injection is served over HTTP
record CloudSettings(
    DataFolder data,
    String host,
    List<String> names,
    int mqttPort,
    int httpPort,
    Optional<Path> floorPlans,
    Duration offlineAfter,
    Duration acknowledgeWithin,
    boolean allowFaults,
    NotificationSettings notifications,
    ApiConfiguration api,
    IdentitySettings identity,
    AlertQuotas.Limits alertLimits,
    ProcessClock clock) {

  /// The protocol's limit: gateways retransmit after 30 seconds.
  private static final Duration MAX_ACK_DELAY = Duration.ofSeconds(10);

  CloudSettings {
    names = List.copyOf(names);
    requirePort("--mqtt-port", mqttPort);
    requirePort("--http-port", httpPort);
    requirePort("--api-port", api.port());
    if (offlineAfter.isZero() || offlineAfter.isNegative()) {
      throw new IllegalArgumentException("--offline-after: more than 0 seconds are needed");
    }
    if (acknowledgeWithin.isNegative() || acknowledgeWithin.compareTo(MAX_ACK_DELAY) > 0) {
      throw new IllegalArgumentException(
          "--acknowledge-within: 0 to %d seconds".formatted(MAX_ACK_DELAY.toSeconds()));
    }
  }

  private static void requirePort(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "%s: a port from 1 to 65535, or 0 for any free one, not %d".formatted(option, port));
    }
  }

  /// @param option the option that sets the port
  IOException portInUse(int port, String option, BindException cause) {
    return portInUse(host, port, option, cause);
  }

  static IOException portInUse(String host, int port, String option, BindException cause) {
    return new IOException(
        "port %d on %s is in use; choose another with %s".formatted(port, host, option), cause);
  }
}
