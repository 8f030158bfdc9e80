package io.gympulse.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.local.http.HttpLimits;
import io.gympulse.local.http.HttpServer;
import io.gympulse.process.SiteCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsEndpointTest {
  private static final String TOKEN = "a-token-of-this-test";

  private final List<String> published = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new SiteCheck(Set.of()),
            HttpLimits.STANDARD);
    server.serve(
        TopicsEndpoint.PATH,
        new OperatorAuthentication(TOKEN)
            .protect(
                new TopicsEndpoint(
                    (topic, payload) ->
                        published.add(topic + " " + new String(payload, StandardCharsets.UTF_8)))));
  }

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gympulse/updates/downtown", "gympulse%2Fupdates%2Fdowntown?qos=0"})
  void an_operator_publishes_an_update(String topic) throws Exception {
    assertThat(post(topic, TOKEN)).isEqualTo(200);
    assertThat(published).containsExactly("gympulse/updates/downtown {}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gympulse/errors",
        "gympulse/updates/",
        "gympulse/updates/+",
        "gympulse/updates/a/b",
        "org/downtown/gateways/gw/acks",
        "x/gympulse/updates/downtown",
        "gympulse%2Fupdates%2Fdown%20town",
      })
  void no_other_topic_can_be_published_to(String topic) throws Exception {
    assertThat(post(topic, TOKEN)).isEqualTo(403);
    assertThat(published).isEmpty();
  }

  @Test
  void nobody_else_publishes_and_a_payload_has_a_limit() throws Exception {
    assertThat(post("gympulse/updates/downtown", "guess")).isEqualTo(401);
    assertThat(status(request("gympulse/updates/downtown", TOKEN).GET())).isEqualTo(405);
    assertThat(
            status(
                request("gympulse/updates/downtown", TOKEN)
                    .POST(BodyPublishers.ofByteArray(new byte[131_073]))))
        .isEqualTo(413);
    assertThat(published).isEmpty();
  }

  private int post(String topic, String token) throws Exception {
    return status(request(topic, token).POST(BodyPublishers.ofString("{}")));
  }

  private HttpRequest.Builder request(String topic, String token) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/topics/%s".formatted(server.port(), topic)))
        .header("Authorization", "Bearer " + token);
  }

  private int status(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
