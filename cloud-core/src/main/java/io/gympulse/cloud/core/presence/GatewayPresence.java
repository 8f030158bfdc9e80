package io.gympulse.cloud.core.presence;

import io.gympulse.contract.id.GatewayAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether a gateway is heard from. A pure state machine: time comes in as an argument.
///
/// @param since when it came online or went offline
/// @param lastHeardAt the latest moment at which the gateway is known to have spoken
/// @param outboxDepth as it last said
public record GatewayPresence(
    GatewayAddress gateway, boolean online, Instant since, Instant lastHeardAt, long outboxDepth) {

  /// What is known after a message. What was sent long ago and kept by a spooler tells of then, not
  /// of now: it brings nobody online.
  ///
  /// @param offlineAfter how long a silence may be
  public static GatewayPresence after(
      Optional<GatewayPresence> known, Heard heard, Duration offlineAfter) {
    Instant spoke = earlier(heard.sentAt(), heard.receivedAt());
    boolean fresh = spoke.plus(offlineAfter).isAfter(heard.receivedAt());
    if (known.isEmpty()) {
      return new GatewayPresence(
          heard.gateway(), fresh, spoke, spoke, heard.outboxDepth().orElse(0));
    }
    GatewayPresence before = known.get();
    boolean online = before.online || (fresh && spoke.isAfter(before.lastHeardAt));
    boolean newest = !spoke.isBefore(before.lastHeardAt);
    return new GatewayPresence(
        heard.gateway(),
        online,
        online == before.online ? before.since : spoke,
        newest ? spoke : before.lastHeardAt,
        newest ? heard.outboxDepth().orElse(before.outboxDepth) : before.outboxDepth);
  }

  /// What is known when nothing was heard until `now`.
  public GatewayPresence silentUntil(Instant now, Duration offlineAfter) {
    if (!online || lastHeardAt.plus(offlineAfter).isAfter(now)) {
      return this;
    }
    return new GatewayPresence(gateway, false, now, lastHeardAt, outboxDepth);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
