package io.gympulse.cloud.core.broadcast;

import io.gympulse.cloud.core.alert.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// A connection to the stream, open as far as is known.
///
/// @param user the member whose page it is, if the page sent the id
/// @param expiresAt from when on it counts as closed, even if its end went unnoticed
public record StreamConnection(
    ConnectionId id, Optional<UserId> user, SubscriptionFilter filter, Instant expiresAt) {
  /// The id of a connection, as given by the service that holds it: 1 to 128 printable ASCII
  /// characters without blanks. Any other value is rejected with an [IllegalArgumentException].
  public record ConnectionId(String value) implements Comparable<ConnectionId> {
    private static final Pattern FORM = Pattern.compile("[!-~]{1,128}");

    public ConnectionId {
      if (!FORM.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "a connection id has 1 to 128 printable ASCII characters without blanks");
      }
    }

    @Override
    public int compareTo(ConnectionId other) {
      return value.compareTo(other.value);
    }

    @Override
    public String toString() {
      return value;
    }
  }

  public StreamConnection withFilter(SubscriptionFilter other) {
    return new StreamConnection(id, user, other, expiresAt);
  }
}
