package io.gympulse.cloud.broadcast;

import io.gympulse.cloud.core.feed.FeedCodec;
import io.gympulse.cloud.core.feed.FeedConsumer;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Publishes every update on its gym's topic, for the API processes that subscribe to
/// [Topics#ALL_UPDATES]. The payload is [FeedCodec]'s line in UTF-8.
///
/// Delivery is at most once from the broker on (QoS 0): a subscriber that is not connected misses
/// the update and reads the present when it is. A repeated update is published again, which is
/// harmless, since it contains the whole state. Safe for any number of threads; updates consumed
/// one after the other are published in that order.
public final class UpdatesTopic implements FeedConsumer {
  private final DevicePublisher publisher;

  public UpdatesTopic(DevicePublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public String name() {
    return "updates-topic";
  }

  /// @throws RuntimeException if the broker did not accept it
  @Override
  public void consume(FeedUpdate update, Instant now) {
    publisher.publish(
        Topics.updates(gym(update)), FeedCodec.encode(update).getBytes(StandardCharsets.UTF_8));
  }

  private static GymId gym(FeedUpdate update) {
    return switch (update) {
      case FeedUpdate.MachineChanged(_, var state) -> state.gym();
      case FeedUpdate.PresenceChanged(_, var presence) -> presence.gateway().gym();
    };
  }
}
