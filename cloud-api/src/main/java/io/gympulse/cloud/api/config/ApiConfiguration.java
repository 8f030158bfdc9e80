package io.gympulse.cloud.api.config;

import io.gympulse.process.ProcessClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// The process's options, as the composition root passes them to the other packages.
///
/// @param database the cloud's SQLite file, written by another process; it may appear later
/// @param feed the cloud's feed, without the path
/// @param demoControl the URL of the process that runs the demo, if there is one
/// @param offlineAfter a gateway last heard this long ago, by `clock`, is offline, whatever its
///     stored presence; the same as the cloud's option
/// @param admission which requests this process serves
public record ApiConfiguration(
    Path database,
    URI feed,
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

  /// The file of the secret with which the cloud posts to members' pages. The cloud writes it, in
  /// the folder of the database.
  public Path connectionsToken() {
    return database.resolveSibling("connections.token");
  }
}
