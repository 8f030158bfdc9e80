package io.gympulse.cloud.channel;

import io.gympulse.cloud.alert.Notification;
import io.gympulse.cloud.core.broadcast.StreamCodec;
import io.gympulse.cloud.core.broadcast.StreamMessage;

/// A notification as the JSON that pages and webhooks receive; it does not name its recipient.
final class AlertMessages {
  private AlertMessages() {}

  static String json(Notification it) {
    return StreamCodec.encode(
        new StreamMessage.Alert(
            it.deliveryId(),
            it.kind().wireName(),
            it.machine(),
            it.gym(),
            it.category(),
            it.name(),
            it.since(),
            it.correlationId(),
            it.text()));
  }
}
