package io.gympulse.cloud.api.setting;

import io.gympulse.contract.clock.ProcessClock;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// What the composition root tells the rest of the process.
///
/// @param database the cloud's SQLite file, written by another process; may not be there yet
/// @param feed the cloud's feed, without the path
/// @param demoControl the process that runs the demo, if this is one
public record ApiConfiguration(
    Path database, URI feed, Optional<URI> demoControl, ProcessClock clock) {

  /// Beside the database, written by the same process: what it shows when it posts to members'
  /// pages.
  public Path connectionsToken() {
    return database.resolveSibling("connections.token");
  }
}
