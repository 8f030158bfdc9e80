package io.gympulse.cloud.core.presence;

import io.gympulse.contract.id.GatewayAddress;
import java.time.Instant;
import java.util.OptionalLong;

/// A gateway was heard from.
///
/// @param receivedAt stamped by the cloud's front door
/// @param outboxDepth if the message said so
public record Heard(
    GatewayAddress gateway, Instant sentAt, Instant receivedAt, OptionalLong outboxDepth) {}
