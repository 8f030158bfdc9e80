package io.gympulse.cloud.notify;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.StreamMessage;
import io.gympulse.cloud.core.broadcast.StreamMessage.StreamCodec;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A notification for one recipient by one channel, the same at every attempt.
///
/// @param deliveryId printable ASCII without blanks, at most 120 characters; the same at every
///     attempt, so that receivers can drop repeats
/// @param machine absent if it is about a gateway
/// @param gym absent if it is about gateways of several gyms
/// @param category present if `machine` is
/// @param name the machine's or gateway's display name
/// @param since when what it reports began
/// @param correlationId links it to log lines: `{machineId}@{since, epoch milliseconds}`, or the
///     gateway's id in the machine's place
/// @param text the whole as plain text, one or two sentences, without line breaks
public record Notification(
    String deliveryId,
    Kind kind,
    Recipient to,
    Optional<MachineId> machine,
    Optional<GymId> gym,
    Optional<CategoryId> category,
    String name,
    Instant since,
    String correlationId,
    String text) {

  /// The JSON that WebSocket clients and webhooks receive; it does not name the recipient.
  public String json() {
    return StreamCodec.encode(
        new StreamMessage.Alert(
            deliveryId, kind.wireName(), machine, gym, category, name, since, correlationId, text));
  }

  /// Who gets it.
  public sealed interface Recipient {
    record Member(UserId user) implements Recipient {}

    record Operators() implements Recipient {}
  }

  /// What it is about.
  public enum Kind {
    /// To a member: the machine they wait for is free.
    MACHINE_FREE,
    /// To operators: a gateway went offline.
    GATEWAY_OFFLINE,
    /// To operators: it is online again.
    GATEWAY_ONLINE,
    /// To operators: many gateways went offline at once; one notification for all of them.
    MANY_GATEWAYS_OFFLINE,
    /// To operators: they are online again.
    MANY_GATEWAYS_ONLINE,
    /// To operators: a machine's sensor is faulty.
    SENSOR_FAULT,
    /// To operators: it has recovered.
    SENSOR_RECOVERED,
    /// To operators: a gateway is over its quota; the excess is rejected until later.
    GATEWAY_OVER_QUOTA,
    /// To operators: it is within its quota again.
    GATEWAY_WITHIN_QUOTA,
    /// To operators: a gateway sent events of a copied outbox.
    OUTBOX_CONFLICT,
    /// To operators: a gateway reports a problem of its machine.
    GATEWAY_UNHEALTHY,
    /// To operators: it reports that problem no more.
    GATEWAY_HEALTHY;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /// The name used in messages.
    public String wireName() {
      return wireName;
    }
  }
}
