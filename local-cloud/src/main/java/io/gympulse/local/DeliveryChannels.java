package io.gympulse.local;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.notify.DeliveryChannel;
import io.gympulse.cloud.notify.DeliveryChannel.Channels;
import io.gympulse.cloud.notify.channel.EmailChannel;
import io.gympulse.cloud.notify.channel.IsolatedChannel;
import io.gympulse.cloud.notify.channel.WebSocketChannel;
import io.gympulse.cloud.notify.channel.WebSocketChannel.FrameSender;
import io.gympulse.cloud.notify.channel.WebhookChannel;
import io.gympulse.cloud.notify.channel.WebhookTargets;
import io.gympulse.local.mail.FolderMailer;
import io.gympulse.process.ProcessClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The composition of the delivery channels on this machine. Mail is written to a folder; webhooks
/// may have loopback addresses. Each channel has its own limits and isolates its destinations, so
/// that none blocks another.
final class DeliveryChannels implements AutoCloseable {
  private static final String FROM = "GymPulse <no-reply@gympulse.local>";
  private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(5);

  private final Closer closer = new Closer();
  private final Channels channels;

  /// @param pages sends frames to members' pages
  /// @param mailFolder receives every mail; without it none is sent
  DeliveryChannels(FrameSender pages, Optional<Path> mailFolder, ProcessClock clock) {
    // Receivers compare the signature's time with real time.
    ProcessClock real = ProcessClock.real();
    WebhookChannel webhooks =
        closer.register(
            new WebhookChannel(WebhookTargets.publicAndLoopback(), real, WEBHOOK_TIMEOUT));
    this.channels =
        new Channels(
            closer.register(IsolatedChannel.webSockets(new WebSocketChannel(pages), clock)),
            mailFolder.map(it -> mail(it, clock)).orElse(DeliveryChannel.notConfigured("mail")),
            closer.register(IsolatedChannel.webhooks(webhooks, clock)));
  }

  private DeliveryChannel<Channel.Email> mail(Path folder, ProcessClock clock) {
    EmailChannel mail = new EmailChannel(new FolderMailer(folder, FROM, clock));
    return closer.register(IsolatedChannel.mail(mail, clock));
  }

  Channels channels() {
    return channels;
  }

  @Override
  public void close() {
    closer.close();
  }
}
