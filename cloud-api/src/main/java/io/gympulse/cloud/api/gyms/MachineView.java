package io.gympulse.cloud.api.gyms;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;

/// A machine as REST shows it. Times are ISO-8601; unknown values are null.
///
/// @param status the status to show: `free`, `occupied`, `unknown`, or `offline` while the gateway
///     is offline
/// @param keptStatus the last known status, whatever the presence: `free`, `occupied` or `unknown`
/// @param reason why the status is unknown, by its name in the MQTT protocol
/// @param since when the machine entered `keptStatus`
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
    BranchView.Presence presence) {

  /// Metres from the left and the upper edge of the floor plan.
  public record Position(double x, double y) {}

  /// `GET /machines/{id}`: the machine and the feed's status, in one JSON object.
  public record Full(@JsonUnwrapped MachineView machine, BranchView.Feed feed) {}
}
