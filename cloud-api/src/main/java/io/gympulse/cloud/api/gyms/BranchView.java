package io.gympulse.cloud.api.gyms;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/// A branch as REST shows it.
///
/// @param zone the IANA zone its members live by
/// @param categories in the order of the floor plan
public record BranchView(
    String id,
    String name,
    Coordinates coordinates,
    String zone,
    PresenceView presence,
    Counts counts,
    List<Category> categories) {

  /// Degrees, north and east positive.
  public record Coordinates(double latitude, double longitude) {}

  /// A kind of machine and its counts, side by side in one object.
  public record Category(String category, @JsonUnwrapped Counts counts) {}

  /// `GET /branches`.
  public record Page(FeedView feed, List<BranchView> branches) {}

  /// `GET /branches/{id}`: the branch with all its machines, in one object.
  public record Full(@JsonUnwrapped BranchView branch, FeedView feed, List<MachineView> machines) {}

  /// `GET /branches/{id}/categories/{category}/machines`.
  public record Machines(
      String gymId,
      String category,
      PresenceView presence,
      FeedView feed,
      List<MachineView> machines) {}
}
