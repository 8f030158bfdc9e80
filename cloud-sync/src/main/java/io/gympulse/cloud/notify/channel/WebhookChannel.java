package io.gympulse.cloud.notify.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.notify.DeliveryChannel;
import io.gympulse.cloud.notify.Notification;
import io.gympulse.cloud.notify.channel.WebhookTargets.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Posts a notification as JSON, signed with the secret shared with the receiver. 2xx is delivered;
/// after 404 and 410 the receiver gets no further attempts; anything else is retried. Redirects are
/// not followed, and bodies of responses are not read.
public final class WebhookChannel implements DeliveryChannel<Channel.Webhook>, AutoCloseable {
  static final String DELIVERY_HEADER = "GymPulse-Delivery";
  static final String SIGNATURE_HEADER = "GymPulse-Signature";

  static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private final WebhookTargets targets;
  private final InstantSource clock;
  private final Duration timeout;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /// @param clock real time, which receivers compare with theirs
  /// @param timeout how long a receiver may take to answer
  public WebhookChannel(WebhookTargets targets, InstantSource clock, Duration timeout) {
    this.targets = targets;
    this.clock = clock;
    this.timeout = timeout;
  }

  @Override
  public DeliveryOutcome deliver(Notification notification, Channel.Webhook to) {
    return switch (targets.check(to.uri())) {
      case Verdict.Rejected(String reason) -> new DeliveryOutcome.Gone(reason);
      case Verdict.Unresolved _ -> new DeliveryOutcome.Retry("the receiver's name has no address");
      case Verdict.Allowed _ -> post(notification, to);
    };
  }

  private DeliveryOutcome post(Notification notification, Channel.Webhook to) {
    byte[] body = notification.json().getBytes(UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(to.uri())
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("User-Agent", "GymPulse-Webhook/1")
            .header(DELIVERY_HEADER, notification.deliveryId())
            .header(SIGNATURE_HEADER, signature(to.secret(), clock.instant(), body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      response.body().close();
      return outcome(response);
    } catch (IOException e) {
      return new DeliveryOutcome.NoAnswer("no answer: " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new DeliveryOutcome.NoAnswer("interrupted");
    }
  }

  private DeliveryOutcome outcome(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new DeliveryOutcome.Delivered();
    }
    String reason = "the receiver answered %d".formatted(status);
    if (status == 404 || status == 410) {
      return new DeliveryOutcome.Gone(reason);
    }
    Optional<Duration> retryAfter =
        response.headers().firstValue("Retry-After").flatMap(it -> retryAfter(it, clock.instant()));
    return new DeliveryOutcome.Retry(reason, retryAfter);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /// The signature header: `t=SECONDS,v1=HEX`, where HEX is HMAC-SHA256 (RFC 2104) over
  /// `SECONDS.BODY` with the secret's UTF-8 bytes as the key. A receiver that compares the time
  /// with its clock is protected against replays.
  static String signature(String secret, Instant at, byte[] body) {
    String seconds = Long.toString(at.getEpochSecond());
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
      mac.update((seconds + ".").getBytes(US_ASCII));
      return "t=%s,v1=%s".formatted(seconds, HexFormat.of().formatHex(mac.doFinal(body)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// The header `Retry-After` (RFC 9110, 10.2.3): seconds or an HTTP date, limited to an hour.
  /// Empty if it cannot be read.
  static Optional<Duration> retryAfter(String value, Instant now) {
    return duration(value.strip(), now)
        .filter(Duration::isPositive)
        .map(it -> it.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : it);
  }

  private static Optional<Duration> duration(String value, Instant now) {
    if (value.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, then));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
