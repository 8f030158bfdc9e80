package io.gympulse.cloud.core.connection;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.Audience;
import java.time.Instant;
import java.util.Optional;

/// A connection that was open when last heard of.
///
/// @param user whose page it is, if it said so
/// @param expiresAt from when on it counts as ended, whatever became of it
public record StreamConnection(
    ConnectionId id, Optional<UserId> user, Audience audience, Instant expiresAt) {

  public StreamConnection hearing(Audience other) {
    return new StreamConnection(id, user, other, expiresAt);
  }
}
