package io.gympulse.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.broadcast.ConnectionPoster.Posted;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.notification.TestHttpServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

class ApiGatewayPosterTest {
  private final TestHttpServer end =
      new TestHttpServer(
          it -> {
            int status = Integer.parseInt(it.path().replaceAll(".*-(\\d+).*", "$1"));
            TestHttpServer.answer(it, status, status == 200 ? "" : "{\"message\":\"no\"}");
          });
  private final ApiGatewayManagementApiClient client =
      ApiGatewayManagementApiClient.builder()
          .endpointOverride(end.uri("/prod"))
          .region(Region.EU_CENTRAL_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
          .httpClient(UrlConnectionHttpClient.create())
          .overrideConfiguration(it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()))
          .build();
  private final ApiGatewayPoster poster = new ApiGatewayPoster(client);

  @AfterEach
  void stop() {
    client.close();
    end.close();
  }

  @Test
  void a_frame_is_posted_to_the_connection_and_signed() {
    assertThat(poster.post(new ConnectionId("L0SM9c-200="), "{\"a\":\"ü\"}"))
        .isEqualTo(new Posted.Sent());
    TestHttpServer.Request request = end.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/prod/@connections/L0SM9c-200%3D");
    assertThat(request.body()).isEqualTo("{\"a\":\"ü\"}");
    assertThat(request.header("Authorization").orElse("")).contains("/execute-api/aws4_request");
  }

  @Test
  void a_closed_connection_differs_from_a_failure() {
    assertThat(poster.post(new ConnectionId("c-410"), "{}")).isEqualTo(new Posted.Gone());
    assertThat(poster.post(new ConnectionId("c-429"), "{}"))
        .isEqualTo(new Posted.Failed("API Gateway responded with 429"));
    assertThat(poster.post(new ConnectionId("c-500"), "{}"))
        .isEqualTo(new Posted.Failed("API Gateway responded with 500"));
  }

  @Test
  void without_a_response_a_frame_failed() {
    end.close();
    assertThat(poster.post(new ConnectionId("c-200"), "{}"))
        .isInstanceOfSatisfying(
            Posted.Failed.class, it -> assertThat(it.reason()).startsWith("no response"));
  }

  @Test
  void a_connection_is_closed_by_deleting_it_and_a_closed_one_is_ignored() {
    poster.end(new ConnectionId("c-204"));
    poster.end(new ConnectionId("c-410"));
    assertThat(end.requests().stream().map(TestHttpServer.Request::method).toList())
        .isEqualTo(List.of("DELETE", "DELETE"));
  }
}
