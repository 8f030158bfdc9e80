package io.gympulse.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.core.notification.Mailer.Mail;
import io.gympulse.cloud.core.notification.TestHttpServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;

class SesMailerTest {
  private static final Mail MAIL = new Mail("a1", "anna@example.com", "Bike 1 is free", "Ride!\n");

  @Test
  void a_mail_goes_to_its_receiver_with_its_id() throws IOException {
    try (TestHttpServer ses =
        new TestHttpServer(it -> TestHttpServer.answer(it, 200, "{\"MessageId\":\"m\"}"))) {
      assertThat(send(ses)).isEqualTo(new DeliveryOutcome.Delivered());
      TestHttpServer.Request request = ses.requests().getFirst();
      assertThat(request.path()).isEqualTo("/v2/email/outbound-emails");
      JsonNode body = new ObjectMapper().readTree(request.body());
      assertThat(body.at("/FromEmailAddress").asText()).isEqualTo("alerts@gympulse.example");
      assertThat(body.at("/Destination/ToAddresses/0").asText()).isEqualTo("anna@example.com");
      assertThat(body.at("/Content/Simple/Subject/Data").asText()).isEqualTo("Bike 1 is free");
      assertThat(body.at("/Content/Simple/Body/Text/Data").asText()).isEqualTo("Ride!\n");
      assertThat(body.at("/Content/Simple/Headers/0/Name").asText())
          .isEqualTo("X-GymPulse-Delivery");
      assertThat(body.at("/Content/Simple/Headers/0/Value").asText()).isEqualTo("a1");
    }
  }

  @Test
  void permanent_rejections_of_ses_differ_from_transient_failures() {
    assertThat(refused(400, "MessageRejected")).isInstanceOf(DeliveryOutcome.Gone.class);
    assertThat(refused(400, "BadRequestException")).isInstanceOf(DeliveryOutcome.Gone.class);
    assertThat(refused(429, "TooManyRequestsException")).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(refused(400, "SendingPausedException")).isInstanceOf(DeliveryOutcome.Retry.class);
    assertThat(refused(500, "InternalFailure")).isInstanceOf(DeliveryOutcome.Retry.class);
  }

  private static DeliveryOutcome refused(int status, String type) {
    try (TestHttpServer ses =
        new TestHttpServer(
            it -> {
              it.exchange().getResponseHeaders().set("x-amzn-ErrorType", type);
              TestHttpServer.answer(it, status, "{\"message\":\"no\"}");
            })) {
      return send(ses);
    }
  }

  private static DeliveryOutcome send(TestHttpServer ses) {
    try (SesV2Client client =
        SesV2Client.builder()
            .endpointOverride(ses.uri(""))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build()) {
      return new SesMailer(client, "alerts@gympulse.example").send(MAIL);
    }
  }
}
