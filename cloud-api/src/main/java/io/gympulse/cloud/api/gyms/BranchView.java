package io.gympulse.cloud.api.gyms;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gympulse.cloud.core.gateway.GatewayPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A branch as REST shows it.
///
/// @param zone the gym's IANA time zone
/// @param categories in the order of the floor plan
public record BranchView(
    String id,
    String name,
    Coordinates coordinates,
    String zone,
    Presence presence,
    OccupancySummary counts,
    List<Category> categories) {

  /// Degrees, north and east positive.
  public record Coordinates(double latitude, double longitude) {}

  /// A category and its counts, in one JSON object.
  public record Category(String category, @JsonUnwrapped OccupancySummary counts) {}

  /// `GET /branches`.
  public record Page(Feed feed, List<BranchView> branches) {}

  /// `GET /branches/{id}`: the branch and all its machines, in one JSON object.
  public record Full(@JsonUnwrapped BranchView branch, Feed feed, List<MachineView> machines) {}

  /// `GET /branches/{id}/categories/{category}/machines`.
  public record Machines(
      String gymId, String category, Presence presence, Feed feed, List<MachineView> machines) {}

  /// Numbers of machines by shown status; the last four add up to `total`. `free` counts machines
  /// known to be free: if some are `unknown` or `offline`, it is a lower bound.
  public record OccupancySummary(int total, int free, int occupied, int unknown, int offline) {
    static OccupancySummary of(List<MachineView> machines) {
      return new OccupancySummary(
          machines.size(),
          count(machines, "free"),
          count(machines, "occupied"),
          count(machines, "unknown"),
          count(machines, Presence.OFFLINE));
    }

    private static int count(List<MachineView> machines, String status) {
      return (int) machines.stream().filter(machine -> machine.status().equals(status)).count();
    }
  }

  /// Whether a gym's gateway is in contact with the cloud.
  ///
  /// @param status `online`, `offline`, or `unknown` if it never had contact
  /// @param lastHeardAt the last contact; null if never
  /// @param since when that status began; null if there never was contact
  public record Presence(String status, Optional<Instant> lastHeardAt, Optional<Instant> since) {
    static final String OFFLINE = "offline";
    static final Presence UNKNOWN = new Presence("unknown", Optional.empty(), Optional.empty());

    /// The presence at `now`: a stored `online` counts as offline from `offlineAfter` after the
    /// last contact.
    static Presence of(GatewayPresence stored, Instant now, Duration offlineAfter) {
      Instant timeoutAt = stored.lastHeardAt().plus(offlineAfter);
      boolean timedOut = stored.online() && !timeoutAt.isAfter(now);
      return new Presence(
          stored.online() && !timedOut ? "online" : OFFLINE,
          Optional.of(stored.lastHeardAt()),
          Optional.of(timedOut ? timeoutAt : stored.since()));
    }

    boolean offline() {
      return status.equals(OFFLINE);
    }
  }

  /// Whether updates reach this process. While they do not, the cloud is probably down, and answers
  /// show the state as of then.
  ///
  /// @param status `up` or `down`
  /// @param since when that status began
  public record Feed(String status, Instant since) {}
}
