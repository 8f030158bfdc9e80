package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.presence.GatewayPresence;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Reads what the streams of the tables of current states and gateways say as updates of the feed:
/// the old and the new image of an item, and what watchers can tell from them.
///
/// Positions are the caller's: a stream's sequence numbers are longer than a position and are
/// ordered per item only.
public final class StreamImages {
  private StreamImages() {}

  /// @param before the old image; empty if the item is new
  /// @param after the new image; empty if the item was removed
  /// @return empty if watchers cannot tell
  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if an image is damaged
  public static Optional<FeedUpdate> ofCurrentState(
      long position, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    if (after.isEmpty()) {
      return Optional.empty();
    }
    CurrentState state = state(after);
    boolean seen = !before.isEmpty() && state(before).looksLike(state);
    return seen ? Optional.empty() : Optional.of(new FeedUpdate.MachineChanged(position, state));
  }

  /// As [#ofCurrentState]; a gateway that was never heard tells nothing.
  public static Optional<FeedUpdate> ofGateway(
      long position, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    Optional<GatewayPresence> old = presence(before);
    return presence(after)
        .filter(it -> !old.equals(Optional.of(it)))
        .map(it -> new FeedUpdate.PresenceChanged(position, it));
  }

  private static CurrentState state(Map<String, AttributeValue> image) {
    return CurrentStateItem.of(new Item(image)).state();
  }

  private static Optional<GatewayPresence> presence(Map<String, AttributeValue> image) {
    return GatewayItem.presence(new Item(image));
  }
}
