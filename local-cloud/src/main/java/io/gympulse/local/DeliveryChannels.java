package io.gympulse.local;

import io.gympulse.cloud.alert.Channels;
import io.gympulse.cloud.alert.DeliveryChannel;
import io.gympulse.cloud.channel.EmailChannel;
import io.gympulse.cloud.channel.IsolatedChannel;
import io.gympulse.cloud.channel.OutboxMailer;
import io.gympulse.cloud.channel.PageChannel;
import io.gympulse.cloud.channel.WebhookChannel;
import io.gympulse.cloud.channel.WebhookTargets;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.local.page.HttpPages;
import io.gympulse.process.ProcessClock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The composition of what carries notifications on this machine. Mail goes into a folder; webhooks
/// may go to the loopback too. Each channel has bounds of its own and keeps its
/// destinations apart, so none blocks another.
final class DeliveryChannels implements AutoCloseable {
  private static final String FROM = "GymPulse <no-reply@gympulse.local>";
  private static final Duration WEBHOOK_PATIENCE = Duration.ofSeconds(5);

  private final Parts parts = new Parts();
  private final Channels channels;

  /// @param api holds members' open pages; without it no page is told
  /// @param token the file with the secret that the API asks for
  /// @param mailFolder takes every mail; without it none is sent
  DeliveryChannels(Optional<URI> api, Path token, Optional<Path> mailFolder, ProcessClock clock) {
    // Receivers compare a signature's time with theirs, so it is real.
    ProcessClock real = ProcessClock.real();
    WebhookChannel webhooks =
        parts.started(
            new WebhookChannel(WebhookTargets.publicAndLoopback(), real, WEBHOOK_PATIENCE));
    this.channels =
        new Channels(
            api.map(it -> pages(it, token, clock)).orElse(Channels.notSetUp("the page")),
            mailFolder.map(it -> mail(it, clock)).orElse(Channels.notSetUp("mail")),
            parts.started(IsolatedChannel.webhooks(webhooks, clock)));
  }

  private DeliveryChannel<Channel.WebSocket> pages(URI api, Path token, ProcessClock clock) {
    PageChannel pages = new PageChannel(parts.started(new HttpPages(api, token)));
    return parts.started(IsolatedChannel.pages(pages, clock));
  }

  private DeliveryChannel<Channel.Email> mail(Path folder, ProcessClock clock) {
    EmailChannel mail = new EmailChannel(new OutboxMailer(folder, FROM, clock));
    return parts.started(IsolatedChannel.mail(mail, clock));
  }

  Channels channels() {
    return channels;
  }

  @Override
  public void close() {
    parts.close();
  }
}
