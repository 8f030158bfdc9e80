package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.feed.FeedUpdate.MachineChanged;
import io.gympulse.cloud.state.feed.FeedUpdate.PresenceChanged;
import io.gympulse.cloud.state.presence.GatewayPresence;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.id.GymId;
import java.util.Optional;
import java.util.function.Consumer;

/// Tells every connection concerned about an update of the feed.
public final class FeedListener implements Consumer<FeedUpdate> {
  private final Broadcast broadcast;

  public FeedListener(Broadcast broadcast) {
    this.broadcast = broadcast;
  }

  @Override
  public void accept(FeedUpdate update) {
    switch (update) {
      case MachineChanged changed -> tell(changed.state());
      case PresenceChanged changed -> tell(changed.presence());
    }
  }

  private void tell(CurrentState state) {
    broadcast.publish(
        new StreamMessage.MachineUpdate(
            state.machine().value(),
            state.gym().value(),
            state.category().value(),
            state.status().wireName(),
            state.asOf().getEpochSecond(),
            state.since().getEpochSecond(),
            state.reason().map(UnknownReason::wireName)),
        audience -> audience.hears(state.gym(), state.category(), state.machine()));
  }

  private void tell(GatewayPresence presence) {
    GymId gym = presence.gateway().gym();
    broadcast.publish(
        new StreamMessage.GatewayPresence(
            gym.value(),
            presence.gateway().gateway().value(),
            presence.online() ? "online" : "offline",
            Optional.of(presence.lastHeardAt().getEpochSecond()),
            Optional.of(presence.since().getEpochSecond())),
        audience -> audience.hears(gym));
  }
}
