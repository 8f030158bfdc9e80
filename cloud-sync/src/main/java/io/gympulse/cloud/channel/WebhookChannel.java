package io.gympulse.cloud.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.alert.DeliveryChannel;
import io.gympulse.cloud.alert.Notification;
import io.gympulse.cloud.channel.WebhookTargets.Verdict;
import io.gympulse.cloud.core.alert.Channel;
import io.gympulse.cloud.core.alert.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Posts a notification as JSON, signed with the secret that the receiver shares. 2xx is delivered;
/// 404 and 410 mean the receiver wants nothing more; anything else is to be tried again. Redirects
/// are not followed, and answers' bodies are not read.
public final class WebhookChannel implements DeliveryChannel<Channel.Webhook>, AutoCloseable {
  static final String DELIVERY_HEADER = "GymPulse-Delivery";
  static final String SIGNATURE_HEADER = "GymPulse-Signature";

  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final WebhookTargets targets;
  private final InstantSource clock;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(CONNECT)
          .build();

  /// @param clock real time, which receivers compare with theirs
  /// @param patience how long a receiver may take to answer
  public WebhookChannel(WebhookTargets targets, InstantSource clock, Duration patience) {
    this.targets = targets;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public Outcome deliver(Notification notification, Channel.Webhook to) {
    return switch (targets.judge(to.uri())) {
      case Verdict.Refused(String reason) -> new Outcome.Gone(reason);
      case Verdict.Unresolved _ -> new Outcome.Retry("the receiver's name has no address");
      case Verdict.Allowed _ -> post(notification, to);
    };
  }

  private Outcome post(Notification notification, Channel.Webhook to) {
    byte[] body = AlertMessages.json(notification).getBytes(UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(to.uri())
            .timeout(patience)
            .header("Content-Type", "application/json")
            .header("User-Agent", "GymPulse-Webhook/1")
            .header(DELIVERY_HEADER, notification.deliveryId())
            .header(SIGNATURE_HEADER, WebhookSignature.of(to.secret(), clock.instant(), body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
      answer.body().close();
      return outcome(answer);
    } catch (IOException e) {
      return new Outcome.NoAnswer("no answer: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.NoAnswer("interrupted");
    }
  }

  private Outcome outcome(HttpResponse<?> answer) {
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return new Outcome.Delivered();
    }
    String reason = "the receiver answered %d".formatted(status);
    if (status == 404 || status == 410) {
      return new Outcome.Gone(reason);
    }
    Optional<Duration> wish =
        answer
            .headers()
            .firstValue("Retry-After")
            .flatMap(it -> RetryAfter.read(it, clock.instant()));
    return new Outcome.Retry(reason, wish);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
