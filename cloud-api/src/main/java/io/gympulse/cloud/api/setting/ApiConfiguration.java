package io.gympulse.cloud.api.setting;

import io.gympulse.process.ProcessClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What the composition root tells the rest of the process.
///
/// @param database the cloud's SQLite file, written by another process; may not be there yet
/// @param feed the cloud's feed, without the path
/// @param demoControl the process that runs the demo, if this is one
/// @param offlineAfter a gateway last heard this long ago is offline, whatever is stored; on the
///     clock's time, and the same as the cloud's
/// @param admission whom this process serves
public record ApiConfiguration(
    Path database,
    URI feed,
    Optional<URI> demoControl,
    ProcessClock clock,
    Duration offlineAfter,
    Admission admission) {

  /// The default of the cloud's own option.
  public static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);

  /// @param names host names and addresses by which this process may be called, besides the
  ///     loopback's and the one that a connection came to
  public record Admission(Set<String> names, ConnectionLimits limits) {
    public static final Admission STANDARD = new Admission(Set.of(), ConnectionLimits.STANDARD);
  }

  /// Beside the database, written by the same process: what it shows when it posts to members'
  /// pages.
  public Path connectionsToken() {
    return database.resolveSibling("connections.token");
  }
}
