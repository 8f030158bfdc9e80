package io.gympulse.cloud.alert;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Optional;

/// One thing told to somebody by one channel, the same at every attempt.
///
/// @param deliveryId names the telling: printable ASCII without blanks, at most 120 characters; the
///     same at every attempt, so that receivers can drop repeats
/// @param machine absent if it is about a gateway
/// @param gym absent if it is about gateways of several gyms
/// @param category present if `machine` is
/// @param name what people call the machine or gateway
/// @param since when what is told began
/// @param correlationId follows it through logs: `{machineId}@{since, epoch milliseconds}`, or the
///     gateway's id in the machine's place
/// @param text the whole as plain text, one or two sentences, without line breaks
public record Notification(
    String deliveryId,
    NotificationKind kind,
    Recipient to,
    Optional<MachineId> machine,
    Optional<GymId> gym,
    Optional<CategoryId> category,
    String name,
    Instant since,
    String correlationId,
    String text) {}
