package io.gympulse.local;

import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a local cloud is told at its start.
///
/// @param names by which clients reach the broker, beside the host and the machine's own
/// @param mqttPort 0 for any free one
/// @param feedPort 0 for any free one
/// @param floorPlans a folder of floor plans beside the data directory's own
/// @param offlineAfter the silence after which a gateway is shown as offline, on the cloud's clock
/// @param acknowledgeWithin how long acknowledgements of live events may be held, on the cloud's
///     clock; 0 for not at all
/// @param allowFaults whether the fault request is served
record CloudSettings(
    DataFolder data,
    String host,
    List<String> names,
    int mqttPort,
    int feedPort,
    Optional<Path> floorPlans,
    Duration offlineAfter,
    Duration acknowledgeWithin,
    boolean allowFaults,
    AlertSettings alerts,
    ProcessClock clock) {

  /// The border protocol's limit: gateways repeat after 30 seconds.
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(10);

  CloudSettings {
    names = List.copyOf(names);
    requirePort("--mqtt-port", mqttPort);
    requirePort("--feed-port", feedPort);
    if (offlineAfter.isZero() || offlineAfter.isNegative()) {
      throw new IllegalArgumentException("--offline-after: more than 0 seconds are needed");
    }
    if (acknowledgeWithin.isNegative() || acknowledgeWithin.compareTo(LONGEST_HOLD) > 0) {
      throw new IllegalArgumentException(
          "--acknowledge-within: 0 to %d seconds".formatted(LONGEST_HOLD.toSeconds()));
    }
  }

  private static void requirePort(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "%s: a port from 1 to 65535, or 0 for any free one, not %d".formatted(option, port));
    }
  }

  /// @param option chooses another port
  IOException taken(int port, String option, BindException cause) {
    return new IOException(
        "port %d on %s is taken; choose another with %s".formatted(port, host, option), cause);
  }
}
