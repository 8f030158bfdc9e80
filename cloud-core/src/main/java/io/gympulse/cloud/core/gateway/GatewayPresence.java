package io.gympulse.cloud.core.gateway;

import io.gympulse.contract.id.GatewayAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether a gateway is online. A pure state machine: time comes in as an argument.
///
/// @param since when it came online or went offline
/// @param lastHeardAt the latest moment at which the gateway is known to have sent a message
/// @param outboxDepth as of the latest message
public record GatewayPresence(
    GatewayAddress gateway, boolean online, Instant since, Instant lastHeardAt, long outboxDepth) {
  /// A message of a gateway, as far as presence goes.
  ///
  /// @param receivedAt stamped by the cloud's endpoint
  /// @param outboxDepth empty if the message does not contain it
  public record LastContact(
      GatewayAddress gateway, Instant sentAt, Instant receivedAt, OptionalLong outboxDepth) {}

  /// The presence after a message. A message that was sent long ago and kept in a queue since then
  /// does not bring the gateway online.
  ///
  /// @param offlineAfter the silence after which a gateway counts as offline
  public static GatewayPresence after(
      Optional<GatewayPresence> known, LastContact contact, Duration offlineAfter) {
    Instant contactAt = earlier(contact.sentAt(), contact.receivedAt());
    boolean fresh = contactAt.plus(offlineAfter).isAfter(contact.receivedAt());
    if (known.isEmpty()) {
      return new GatewayPresence(
          contact.gateway(), fresh, contactAt, contactAt, contact.outboxDepth().orElse(0));
    }
    GatewayPresence before = known.get();
    boolean online = before.online || (fresh && contactAt.isAfter(before.lastHeardAt));
    boolean newest = !contactAt.isBefore(before.lastHeardAt);
    return new GatewayPresence(
        contact.gateway(),
        online,
        online == before.online ? before.since : contactAt,
        newest ? contactAt : before.lastHeardAt,
        newest ? contact.outboxDepth().orElse(before.outboxDepth) : before.outboxDepth);
  }

  /// The presence if no further message was received until `now`.
  public GatewayPresence afterTimeout(Instant now, Duration offlineAfter) {
    if (!online || lastHeardAt.plus(offlineAfter).isAfter(now)) {
      return this;
    }
    return new GatewayPresence(gateway, false, now, lastHeardAt, outboxDepth);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
