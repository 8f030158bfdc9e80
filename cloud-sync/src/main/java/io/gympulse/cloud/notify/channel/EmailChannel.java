package io.gympulse.cloud.notify.channel;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.core.notification.Mailer;
import io.gympulse.cloud.core.notification.Mailer.Mail;
import io.gympulse.cloud.notify.DeliveryChannel;
import io.gympulse.cloud.notify.Notification;

/// Sends notifications as plain-text mail.
public final class EmailChannel implements DeliveryChannel<Channel.Email> {
  private final Mailer mailer;

  public EmailChannel(Mailer mailer) {
    this.mailer = mailer;
  }

  @Override
  public DeliveryOutcome deliver(Notification notification, Channel.Email to) {
    String body =
        """
        %s

        Since %s (UTC). Reference: %s
        """
            .formatted(notification.text(), notification.since(), notification.correlationId());
    return mailer.send(
        new Mail(notification.deliveryId(), to.address(), subject(notification), body));
  }

  /// Names are free text: their control characters become blanks.
  private static String subject(Notification notification) {
    String name = notification.name().replaceAll("\\p{Cntrl}", " ").strip();
    return name + " " + event(notification.kind());
  }

  private static String event(Notification.Kind kind) {
    return switch (kind) {
      case MACHINE_FREE -> "is free";
      case GATEWAY_OFFLINE, MANY_GATEWAYS_OFFLINE -> "is offline";
      case GATEWAY_ONLINE, MANY_GATEWAYS_ONLINE -> "is online again";
      case SENSOR_FAULT -> "has a faulty sensor";
      case SENSOR_RECOVERED -> "has a recovered sensor";
      case GATEWAY_OVER_QUOTA -> "is over its quota";
      case GATEWAY_WITHIN_QUOTA -> "is within its quota";
      case OUTBOX_CONFLICT -> "runs from a copied card";
      case GATEWAY_UNHEALTHY -> "needs attention";
      case GATEWAY_HEALTHY -> "needs no more attention";
    };
  }
}
