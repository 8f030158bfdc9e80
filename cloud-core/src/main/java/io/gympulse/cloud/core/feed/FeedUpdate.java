package io.gympulse.cloud.core.feed;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.presence.GatewayPresence;

/// Something watchers can tell. Positions grow; a later update of the same machine or gateway
/// replaces an earlier one.
public sealed interface FeedUpdate {
  long position();

  record MachineChanged(long position, CurrentState state) implements FeedUpdate {}

  record PresenceChanged(long position, GatewayPresence presence) implements FeedUpdate {}
}
