package io.gympulse.local;

import io.gympulse.cloud.alert.Channels;
import io.gympulse.cloud.alert.DeliveryChannel;
import io.gympulse.cloud.alert.Outcome;
import io.gympulse.cloud.channel.BoundedChannel;
import io.gympulse.cloud.channel.EmailChannel;
import io.gympulse.cloud.channel.OutboxMailer;
import io.gympulse.cloud.channel.PageChannel;
import io.gympulse.cloud.channel.WebhookChannel;
import io.gympulse.cloud.channel.WebhookTargets;
import io.gympulse.cloud.state.alert.Channel;
import io.gympulse.contract.clock.ProcessClock;
import io.gympulse.local.page.HttpPages;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// The channels of one machine: open pages by the API's process, webhooks to public addresses and
/// to this machine, mail into a folder; each within bounds of its own, so none blocks another.
final class LocalChannels implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String SENDER = "gympulse@localhost";

  private final Deque<Runnable> ends = new ArrayDeque<>();
  private final Channels channels;

  private LocalChannels(
      Optional<URI> api, Path token, Optional<Path> mailFolder, ProcessClock clock) {
    // Receivers compare the time of a signature with their own, which is real.
    WebhookChannel webhooks =
        new WebhookChannel(WebhookTargets.publicAndLoopback(), ProcessClock.real(), PATIENCE);
    ends.push(webhooks::close);
    this.channels =
        new Channels(
            api.map(it -> pages(it, token)).orElse(LocalChannels::unreached),
            mailFolder.map(it -> mail(it, clock)).orElse(Channels.notSetUp("mail")),
            bounded(webhooks));
  }

  /// @param api holds members' open pages; without it alerts for them wait, and are not used up
  /// @param token the file with the secret that the API asks for
  /// @param mailFolder takes mail; without it there is none
  static LocalChannels open(
      Optional<URI> api, Path token, Optional<Path> mailFolder, ProcessClock clock) {
    return new LocalChannels(api, token, mailFolder, clock);
  }

  private DeliveryChannel<Channel.WebSocket> pages(URI api, Path token) {
    HttpPages pages = new HttpPages(api, token);
    ends.push(pages::close);
    return bounded(new PageChannel(pages));
  }

  private static Outcome unreached(Object notification, Channel.WebSocket to) {
    return new Outcome.Retry("pages are not reached from here");
  }

  private DeliveryChannel<Channel.Email> mail(Path folder, ProcessClock clock) {
    return bounded(new EmailChannel(new OutboxMailer(folder, SENDER, clock)));
  }

  private <C extends Channel> DeliveryChannel<C> bounded(DeliveryChannel<C> channel) {
    BoundedChannel<C> bounded = new BoundedChannel<>(channel, BoundedChannel.STANDARD);
    ends.push(bounded::close);
    return bounded;
  }

  Channels channels() {
    return channels;
  }

  @Override
  public void close() {
    while (!ends.isEmpty()) {
      ends.pop().run();
    }
  }
}
