package io.gympulse.cloud.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.core.notification.TestHttpServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookChannelTest {
  private static final String SECRET = "gärtner-und-hund-0815";
  private static final Instant NOW = Instant.ofEpochSecond(1_777_636_805);

  private final WebhookChannel channel =
      new WebhookChannel(WebhookTargets.publicAndLoopback(), () -> NOW, Duration.ofMinutes(1));

  @AfterEach
  void stop() {
    channel.close();
  }

  @Test
  void a_receiver_gets_the_alert_with_its_id_and_a_signature_it_can_check() throws Exception {
    try (TestHttpServer receiver = new TestHttpServer(TestHttpServer.status(204))) {
      assertThat(deliver(receiver.uri("/hooks?x=1"))).isEqualTo(new DeliveryOutcome.Delivered());
      TestHttpServer.Request request = receiver.requests().getFirst();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.path()).isEqualTo("/hooks?x=1");
      assertThat(request.body()).isEqualTo(Samples.JSON);
      assertThat(request.header("Content-Type")).contains("application/json");
      assertThat(request.header("GymPulse-Delivery")).contains("a1@1777636800000.0");
      assertThat(request.header("GymPulse-Signature"))
          .contains("t=1777636805,v1=" + hmac("1777636805." + request.body()));
    }
  }

  @Test
  void a_status_decides_about_retries() {
    assertThat(answered(200)).isEqualTo(new DeliveryOutcome.Delivered());
    assertThat(answered(404)).isEqualTo(new DeliveryOutcome.Gone("the receiver answered 404"));
    assertThat(answered(410)).isEqualTo(new DeliveryOutcome.Gone("the receiver answered 410"));
    assertThat(answered(400)).isEqualTo(new DeliveryOutcome.Retry("the receiver answered 400"));
    assertThat(answered(503)).isEqualTo(new DeliveryOutcome.Retry("the receiver answered 503"));
  }

  @Test
  void a_receivers_wish_for_rest_is_handed_on() {
    assertThat(resting("120")).contains(Duration.ofMinutes(2));
    assertThat(resting("Fri, 1 May 2026 12:01:05 GMT")).contains(Duration.ofMinutes(1));
    assertThat(resting("999999")).contains(WebhookChannel.MAX_RETRY_AFTER);
    assertThat(resting("Fri, 1 May 2026 11:00:00 GMT")).isEmpty();
    assertThat(resting("soon")).isEmpty();
  }

  @Test
  void redirects_are_not_followed() {
    try (TestHttpServer receiver =
        new TestHttpServer(
            it -> {
              it.exchange().getResponseHeaders().set("Location", "/elsewhere");
              TestHttpServer.answer(it, 307, "");
            })) {
      assertThat(deliver(receiver.uri("/hook")))
          .isEqualTo(new DeliveryOutcome.Retry("the receiver answered 307"));
      assertThat(receiver.requests()).hasSize(1);
    }
  }

  @Test
  void a_receiver_that_does_not_answer_times_out() {
    CountDownLatch never = new CountDownLatch(1);
    try (TestHttpServer receiver = new TestHttpServer(_ -> never.await());
        WebhookChannel impatient =
            new WebhookChannel(
                WebhookTargets.publicAndLoopback(), () -> NOW, Duration.ofMillis(500))) {
      assertThat(
              impatient.deliver(Samples.free(), new Channel.Webhook(receiver.uri("/hook"), SECRET)))
          .isEqualTo(new DeliveryOutcome.NoAnswer("no answer: HttpTimeoutException"));
    }
  }

  @Test
  void an_endless_response_is_not_read() {
    CountDownLatch never = new CountDownLatch(1);
    try (TestHttpServer receiver =
        new TestHttpServer(
            it -> {
              it.exchange().sendResponseHeaders(200, 0);
              it.exchange().getResponseBody().write(new byte[100]);
              it.exchange().getResponseBody().flush();
              never.await();
            })) {
      assertThat(deliver(receiver.uri("/hook"))).isEqualTo(new DeliveryOutcome.Delivered());
    }
  }

  @Test
  void a_refused_connection_is_retried_without_naming_the_address() {
    URI uri;
    try (TestHttpServer receiver = new TestHttpServer(TestHttpServer.status(200))) {
      uri = receiver.uri("/hook");
    }
    assertThat(deliver(uri)).isEqualTo(new DeliveryOutcome.NoAnswer("no answer: ConnectException"));
  }

  @Test
  void nothing_is_sent_to_the_loopback_if_it_is_not_allowed() {
    try (TestHttpServer receiver = new TestHttpServer(TestHttpServer.status(200));
        WebhookChannel strict =
            new WebhookChannel(WebhookTargets.publicOnly(), () -> NOW, Duration.ofSeconds(1))) {
      assertThat(strict.deliver(Samples.free(), new Channel.Webhook(receiver.uri("/hook"), SECRET)))
          .isInstanceOf(DeliveryOutcome.Gone.class);
      assertThat(receiver.requests()).isEmpty();
    }
  }

  private DeliveryOutcome answered(int status) {
    try (TestHttpServer receiver = new TestHttpServer(TestHttpServer.status(status))) {
      return deliver(receiver.uri("/hook"));
    }
  }

  private Optional<Duration> resting(String header) {
    try (TestHttpServer receiver =
        new TestHttpServer(
            it -> {
              it.exchange().getResponseHeaders().set("Retry-After", header);
              TestHttpServer.answer(it, 429, "");
            })) {
      return deliver(receiver.uri("/hook")) instanceof DeliveryOutcome.Retry retry
          ? retry.retryAfter()
          : Optional.empty();
    }
  }

  private DeliveryOutcome deliver(URI uri) {
    return channel.deliver(Samples.free(), new Channel.Webhook(uri, SECRET));
  }

  private static String hmac(String signed) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
  }
}
