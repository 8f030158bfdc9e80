package io.gympulse.local;

import io.gympulse.cloud.alert.Channels;
import io.gympulse.cloud.alert.DeliveryChannel;
import io.gympulse.cloud.alert.Outcome;
import io.gympulse.cloud.channel.BoundedChannel;
import io.gympulse.cloud.channel.EmailChannel;
import io.gympulse.cloud.channel.OutboxMailer;
import io.gympulse.cloud.channel.WebhookChannel;
import io.gympulse.cloud.channel.WebhookTargets;
import io.gympulse.cloud.state.alert.Channel;
import io.gympulse.contract.clock.ProcessClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The channels of one machine: webhooks to public addresses and to itself, mail into a folder,
/// each within bounds of its own.
final class LocalChannels implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String SENDER = "gympulse@localhost";

  private final WebhookChannel webhooks;
  private final BoundedChannel<Channel.Webhook> boundedWebhooks;
  private final BoundedChannel<Channel.Email> boundedMail;

  private LocalChannels(WebhookChannel webhooks, DeliveryChannel<Channel.Email> mail) {
    this.webhooks = webhooks;
    this.boundedWebhooks = new BoundedChannel<>(webhooks, BoundedChannel.STANDARD);
    this.boundedMail = new BoundedChannel<>(mail, BoundedChannel.STANDARD);
  }

  /// @param mailFolder takes mail; without it there is none
  static LocalChannels open(Optional<Path> mailFolder, ProcessClock clock) {
    // Receivers compare the time of a signature with their own, which is real.
    WebhookChannel webhooks =
        new WebhookChannel(WebhookTargets.publicAndLoopback(), ProcessClock.real(), PATIENCE);
    return new LocalChannels(
        webhooks,
        mailFolder
            .<DeliveryChannel<Channel.Email>>map(
                it -> new EmailChannel(new OutboxMailer(it, SENDER, clock)))
            .orElseGet(() -> Channels.notSetUp("mail")));
  }

  /// Open pages belong to the API's process, which is not reached from here: alerts for them wait,
  /// and are not used up.
  Channels channels() {
    return new Channels(
        (_, _) -> new Outcome.Retry("pages are not reached from here"),
        boundedMail,
        boundedWebhooks);
  }

  @Override
  public void close() {
    boundedWebhooks.close();
    boundedMail.close();
    webhooks.close();
  }
}
