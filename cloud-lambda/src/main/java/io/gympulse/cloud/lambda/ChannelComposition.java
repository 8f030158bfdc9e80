package io.gympulse.cloud.lambda;

import io.gympulse.cloud.aws.client.AwsServices;
import io.gympulse.cloud.aws.client.Lazy;
import io.gympulse.cloud.broadcast.ConnectionSender;
import io.gympulse.cloud.core.broadcast.Connections;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.notify.DeliveryChannel;
import io.gympulse.cloud.notify.DeliveryChannel.Channels;
import io.gympulse.cloud.notify.channel.ConnectionFrameSender;
import io.gympulse.cloud.notify.channel.EmailChannel;
import io.gympulse.cloud.notify.channel.IsolatedChannel;
import io.gympulse.cloud.notify.channel.WebSocketChannel;
import io.gympulse.cloud.notify.channel.WebhookChannel;
import io.gympulse.cloud.notify.channel.WebhookTargets;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// The composition of frames and notification channels: connections of API Gateway, mail by SES,
/// webhooks at public addresses. Clients that few invocations need are created on first use.
///
/// @param environment read at creation, so that missing variables are reported then
record ChannelComposition(Environment environment, AwsServices services, InstantSource clock) {
  /// The WebSocket API's stage, `https://{api}.execute-api.{region}.amazonaws.com/{stage}`.
  static final String CONNECTIONS_ENDPOINT = "GYM_PULSE_CONNECTIONS_ENDPOINT";

  /// A sender that SES has verified; without it no mail is sent.
  static final String MAIL_FROM = "GYM_PULSE_MAIL_FROM";

  /// Operators' addresses; the secret is the key of the webhook's signature.
  static final String OPERATORS_EMAIL = "GYM_PULSE_OPERATORS_EMAIL";

  static final String OPERATORS_WEBHOOK = "GYM_PULSE_OPERATORS_WEBHOOK";
  static final String OPERATORS_SECRET = "GYM_PULSE_OPERATORS_SECRET";

  /// The SDK's own name; for a service that is not AWS's.
  static final String SES_ENDPOINT = "AWS_ENDPOINT_URL_SESV2";

  private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(5);

  ConnectionSender sender(Connections connections, DeliveryFigures figures) {
    String endpoint = environment.requiredUri(CONNECTIONS_ENDPOINT).toString();
    return new ConnectionSender(
        connections, services.connections(endpoint), ConnectionSender.STANDARD, figures);
  }

  Channels channels(Connections connections, ConnectionSender sender) {
    return new Channels(
        IsolatedChannel.webSockets(
            new WebSocketChannel(new ConnectionFrameSender(connections, sender, clock)), clock),
        environment
            .optional(MAIL_FROM)
            .<DeliveryChannel<Channel.Email>>map(
                from -> IsolatedChannel.mail(lazily(() -> mail(from)), clock))
            .orElse(DeliveryChannel.notConfigured("mail")),
        IsolatedChannel.webhooks(
            lazily(() -> new WebhookChannel(WebhookTargets.publicOnly(), clock, WEBHOOK_TIMEOUT)),
            clock));
  }

  private EmailChannel mail(String from) {
    return new EmailChannel(services.mailer(environment.optional(SES_ENDPOINT), from));
  }

  private static <C extends Channel> DeliveryChannel<C> lazily(
      Supplier<? extends DeliveryChannel<C>> maker) {
    Lazy<DeliveryChannel<C>> channel = new Lazy<>(maker::get);
    return (notification, to) -> channel.get().deliver(notification, to);
  }

  /// Operators' channels; empty if none is configured.
  ///
  /// @throws IllegalStateException naming a variable that is missing or invalid
  List<Channel> operators() {
    List<Channel> operators = new ArrayList<>();
    environment
        .optional(OPERATORS_EMAIL)
        .ifPresent(
            address -> {
              environment.required(MAIL_FROM);
              operators.add(usable(OPERATORS_EMAIL, address, Channel.Email::new));
            });
    Optional<String> webhook = environment.optional(OPERATORS_WEBHOOK);
    if (webhook.isPresent()) {
      URI uri = environment.requiredUri(OPERATORS_WEBHOOK);
      String secret = environment.required(OPERATORS_SECRET);
      operators.add(
          usable(
              OPERATORS_WEBHOOK + " or " + OPERATORS_SECRET,
              secret,
              it -> new Channel.Webhook(uri, it)));
    }
    return List.copyOf(operators);
  }

  private static Channel usable(String variable, String value, Function<String, Channel> maker) {
    try {
      return maker.apply(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the environment variable %s: %s".formatted(variable, e.getMessage()), e);
    }
  }
}
