package io.gympulse.cloud.api.config;

import io.gympulse.process.ProcessClock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// The server's options.
///
/// @param host the address to listen on
/// @param port 0 for any free one
/// @param demoControl the URL of the process that runs the demo, if there is one
/// @param offlineAfter a gateway last heard this long ago, by `clock`, is offline, whatever its
///     stored presence; the same as the cloud's option
/// @param admission which requests the server answers
public record ApiConfiguration(
    String host,
    int port,
    Optional<URI> demoControl,
    ProcessClock clock,
    Duration offlineAfter,
    Admission admission) {

  /// The default of the cloud's own option.
  public static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);

  /// @param names host names and addresses that the header `Host` may have, besides the loopback's
  ///     and the address that the connection came to
  public record Admission(Set<String> names, ConnectionLimits limits) {
    public static final Admission STANDARD = new Admission(Set.of(), ConnectionLimits.STANDARD);
  }
}
