package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.presence.GatewayPresence;

/// Tells a running API's connections what the cloud's feed would.
public final class SampleFeed {
  private final FeedListener listener;
  private long position;

  public SampleFeed(RunningApi api) {
    this.listener = new FeedListener(api.bean(Broadcast.class));
  }

  public void tell(CurrentState state) {
    listener.accept(new FeedUpdate.MachineChanged(++position, state));
  }

  public void tell(GatewayPresence presence) {
    listener.accept(new FeedUpdate.PresenceChanged(++position, presence));
  }
}
