package io.gympulse.cloud.aws.ses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.core.alert.HttpEnd;
import io.gympulse.cloud.core.alert.Mail;
import io.gympulse.cloud.core.alert.Outcome;
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
    try (HttpEnd ses = new HttpEnd(it -> HttpEnd.answer(it, 200, "{\"MessageId\":\"m\"}"))) {
      assertThat(send(ses)).isEqualTo(new Outcome.Delivered());
      HttpEnd.Request request = ses.requests().getFirst();
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
  void what_ses_refuses_for_good_is_told_from_what_it_cannot_do_now() {
    assertThat(refused(400, "MessageRejected")).isInstanceOf(Outcome.Gone.class);
    assertThat(refused(400, "BadRequestException")).isInstanceOf(Outcome.Gone.class);
    assertThat(refused(429, "TooManyRequestsException")).isInstanceOf(Outcome.Retry.class);
    assertThat(refused(400, "SendingPausedException")).isInstanceOf(Outcome.Retry.class);
    assertThat(refused(500, "InternalFailure")).isInstanceOf(Outcome.Retry.class);
  }

  private static Outcome refused(int status, String type) {
    try (HttpEnd ses =
        new HttpEnd(
            it -> {
              it.exchange().getResponseHeaders().set("x-amzn-ErrorType", type);
              HttpEnd.answer(it, status, "{\"message\":\"no\"}");
            })) {
      return send(ses);
    }
  }

  private static Outcome send(HttpEnd ses) {
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
