package io.gympulse.cloud.api.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthControllerTest {
  private final SampleGyms gyms = new SampleGyms();
  private final HttpServer cloud = emptyFeed();
  private final RunningApi api = RunningApi.withFeed(gyms, cloud.getAddress().getPort());

  @AfterEach
  void stop() {
    api.close();
    cloud.stop(0);
  }

  @Test
  void health_is_200_while_the_database_reads_and_the_feed_is_connected() {
    await().until(() -> api.get("/health").statusCode() == 200);
    assertThat(api.get("/health").body())
        .startsWith("{\"status\":\"up\",")
        .contains("\"database\":{\"status\":\"up\",\"detail\":\"2 floor plans\"}")
        .contains("\"feed\":{\"status\":\"up\",\"detail\":\"connected since ");
  }

  @Test
  void health_is_503_with_the_reason_while_the_database_is_unavailable() {
    gyms.makeUnavailable("cloud.db is not there yet");
    HttpResponse<String> answer = api.get("/health");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .startsWith("{\"status\":\"down\",")
        .contains("\"database\":{\"status\":\"down\",\"detail\":\"cloud.db is not there yet\"}");
  }

  @Test
  void health_is_503_with_the_reason_while_the_feed_is_down() {
    await().until(() -> api.get("/health").statusCode() == 200);
    cloud.stop(0);
    await().until(() -> api.get("/health").statusCode() == 503);
    assertThat(api.get("/health").body())
        .startsWith("{\"status\":\"degraded\",")
        .contains("\"feed\":{\"status\":\"down\",\"detail\":\"http://127.0.0.1:");
  }

  @Test
  void open_streams_get_the_status_of_the_feed() {
    await().until(() -> api.get("/health").statusCode() == 200);
    List<String> received = new CopyOnWriteArrayList<>();
    WebSocket page = api.stream("", _ -> true, received);
    await().until(() -> received.stream().anyMatch(it -> it.contains("\"status\":\"up\"")));
    cloud.stop(0);
    await().until(() -> received.stream().anyMatch(it -> it.contains("\"status\":\"down\"")));
    assertThat(api.get("/branches").body()).startsWith("{\"feed\":{\"status\":\"down\"");
    page.abort();
  }

  private static HttpServer emptyFeed() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext(
          "/feed",
          exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
          });
      made.start();
      return made;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
