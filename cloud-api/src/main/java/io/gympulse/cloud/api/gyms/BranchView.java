package io.gympulse.cloud.api.gyms;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gympulse.cloud.api.updates.UpdateListener;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.query.Branch;
import io.gympulse.cloud.core.query.Branch.BranchSummary;
import io.gympulse.cloud.core.query.Branch.CategoryCounts;
import io.gympulse.contract.floorplan.Gym;
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

  static BranchView of(BranchSummary summary, Presence presence) {
    Gym gym = summary.branch().gym();
    List<Category> categories =
        summary.categories().stream().map(it -> Category.of(it, presence)).toList();
    return new BranchView(
        gym.id().value(),
        gym.name(),
        new Coordinates(gym.latitude(), gym.longitude()),
        gym.zone().getId(),
        presence,
        categories.stream()
            .map(Category::counts)
            .reduce(OccupancySummary.NONE, OccupancySummary::plus),
        categories);
  }

  /// Degrees, north and east positive.
  public record Coordinates(double latitude, double longitude) {}

  /// A category and its counts, in one JSON object.
  public record Category(String category, @JsonUnwrapped OccupancySummary counts) {
    private static Category of(CategoryCounts counts, Presence presence) {
      return new Category(counts.category().value(), OccupancySummary.of(counts, presence));
    }
  }

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
    private static final OccupancySummary NONE = new OccupancySummary(0, 0, 0, 0, 0);

    private static OccupancySummary of(CategoryCounts counts, Presence presence) {
      int total = counts.total();
      return presence.offline()
          ? new OccupancySummary(total, 0, 0, 0, total)
          : new OccupancySummary(
              total,
              counts.free(),
              counts.occupied(),
              total - counts.free() - counts.occupied(),
              0);
    }

    private OccupancySummary plus(OccupancySummary other) {
      return new OccupancySummary(
          total + other.total,
          free + other.free,
          occupied + other.occupied,
          unknown + other.unknown,
          offline + other.offline);
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
    public static Presence of(Branch branch, Instant now, Duration offlineAfter) {
      return branch.presence().map(it -> of(it, now, offlineAfter)).orElse(UNKNOWN);
    }

    private static Presence of(GatewayPresence stored, Instant now, Duration offlineAfter) {
      Instant timeoutAt = stored.lastHeardAt().plus(offlineAfter);
      boolean timedOut = stored.online() && !timeoutAt.isAfter(now);
      return new Presence(
          stored.online() && !timedOut ? "online" : OFFLINE,
          Optional.of(stored.lastHeardAt()),
          Optional.of(timedOut ? timeoutAt : stored.since()));
    }

    public boolean offline() {
      return status.equals(OFFLINE);
    }
  }

  /// Whether updates reach this process. While they do not, the cloud is probably down, and answers
  /// show the state as of then.
  ///
  /// @param status `up` or `down`
  /// @param since when that status began
  public record Feed(String status, Instant since) {
    static Feed of(UpdateListener.Status status) {
      return switch (status) {
        case UpdateListener.Status.Connected(var since) -> new Feed("up", since);
        case UpdateListener.Status.Disconnected(var since, _) -> new Feed("down", since);
      };
    }
  }
}
