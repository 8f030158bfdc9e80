package io.gympulse.cloud.core.broadcast;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Set;

/// An index key for connections: stores look a few of them up instead of reading every connection.
/// The topics of an update are defined here, those of a connection in [SubscriptionFilter#topics].
///
/// @param name at most 140 characters
public record Topic(String name) {
  static final Topic EVERYTHING = new Topic("machines");
  static final Topic ANY_PRESENCE = new Topic("presence");

  /// The topics whose subscribers may match an update.
  public static Set<Topic> of(FeedUpdate update) {
    return switch (update) {
      case FeedUpdate.MachineChanged(_, CurrentState state) ->
          Set.of(
              machine(state.machine()),
              category(state.gym(), state.category()),
              gym(state.gym()),
              category(state.category()),
              EVERYTHING);
      case FeedUpdate.PresenceChanged(_, var presence) ->
          Set.of(presence(presence.gateway().gym()), ANY_PRESENCE);
    };
  }

  static Topic machine(MachineId machine) {
    return new Topic("machine/" + machine);
  }

  static Topic gym(GymId gym) {
    return new Topic("gym/" + gym);
  }

  static Topic category(GymId gym, CategoryId category) {
    return new Topic("gym/%s/%s".formatted(gym, category));
  }

  static Topic category(CategoryId category) {
    return new Topic("category/" + category);
  }

  static Topic presence(GymId gym) {
    return new Topic("presence/" + gym);
  }
}
