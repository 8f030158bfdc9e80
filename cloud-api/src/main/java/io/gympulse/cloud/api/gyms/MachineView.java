package io.gympulse.cloud.api.gyms;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;

/// A machine as REST shows it. Times are ISO-8601; what is not known is null.
///
/// @param status what to show: `free`, `occupied`, `unknown`, or `offline` while the gateway is out
///     of reach
/// @param keptStatus what was last known, whatever the presence: `free`, `occupied` or `unknown`
/// @param reason why it is unknown, in the words of the border protocol
/// @param since when the machine entered the kept status
public record MachineView(
    String id,
    String name,
    String category,
    String gymId,
    Position position,
    String status,
    String keptStatus,
    Optional<String> reason,
    Optional<Instant> since,
    PresenceView presence) {

  /// Metres from the floor's left and upper edge.
  public record Position(double x, double y) {}

  /// `GET /machines/{id}`: the machine and whether the answer is fresh, in one object.
  public record Full(@JsonUnwrapped MachineView machine, FeedView feed) {}
}
