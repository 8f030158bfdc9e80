package io.gympulse.cloud.channel;

import io.gympulse.cloud.alert.DeliveryChannel;
import io.gympulse.cloud.alert.Notification;
import io.gympulse.cloud.alert.NotificationKind;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Mail;
import io.gympulse.cloud.core.alert.Mailer;
import io.gympulse.cloud.core.alert.Outcome;

/// Tells by plain mail.
public final class EmailChannel implements DeliveryChannel<Channel.Email> {
  private final Mailer mailer;

  public EmailChannel(Mailer mailer) {
    this.mailer = mailer;
  }

  @Override
  public Outcome deliver(Notification notification, Channel.Email to) {
    String body =
        """
        %s

        Since %s (UTC). Reference: %s
        """
            .formatted(notification.text(), notification.since(), notification.correlationId());
    return mailer.send(
        new Mail(notification.deliveryId(), to.address(), subject(notification), body));
  }

  /// A name is somebody's free text: its control characters become blanks.
  private static String subject(Notification notification) {
    String name = notification.name().replaceAll("\\p{Cntrl}", " ").strip();
    return name + " " + happening(notification.kind());
  }

  private static String happening(NotificationKind kind) {
    return switch (kind) {
      case MACHINE_FREE -> "is free";
      case GATEWAY_OFFLINE, MANY_GATEWAYS_OFFLINE -> "out of reach";
      case GATEWAY_ONLINE, MANY_GATEWAYS_ONLINE -> "back online";
      case SENSOR_FAULT -> "has a sensor that is not believed";
      case SENSOR_RECOVERED -> "has its sensor back";
      case GATEWAY_OVER_QUOTA -> "sends too much";
      case GATEWAY_WITHIN_QUOTA -> "sends no more than it may";
      case OUTBOX_CONFLICT -> "runs from a copied card";
    };
  }
}
