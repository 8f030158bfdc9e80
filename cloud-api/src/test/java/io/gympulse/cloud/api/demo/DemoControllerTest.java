package io.gympulse.cloud.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.api.RunningApi;
import io.gympulse.cloud.api.SampleGyms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoControllerTest {
  private static final String STATUS =
      "{\"gyms\":[{\"gym\":\"downtown\",\"up\":true,\"recorded\":3,\"waiting\":1,"
          + "\"acknowledged\":2}],\"updates\":5}";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer supervisor = supervisor();
  private final RunningApi api =
      new RunningApi(
          new SampleGyms(),
          RunningApi.Settings.STANDARD.withDemo(
              URI.create("http://127.0.0.1:" + supervisor.getAddress().getPort()), 0));

  @AfterEach
  void stop() {
    api.close();
    supervisor.stop(0);
  }

  @Test
  void the_demos_status_is_forwarded() {
    assertThat(api.get("/demo").body()).isEqualTo(STATUS);
  }

  @Test
  void a_link_is_disconnected_by_a_json_post() {
    HttpResponse<String> answer =
        api.post("/demo/links/downtown", "application/json", "{\"up\": false}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(requests).containsExactly("POST /links/downtown {\"up\":false}");
  }

  @Test
  void only_json_with_up_and_a_valid_gym_is_forwarded() {
    assertThat(api.post("/demo/links/downtown", "text/plain", "{\"up\":false}").statusCode())
        .isEqualTo(415);
    HttpResponse<String> noUp = api.post("/demo/links/downtown", "application/json", "{}");
    assertThat(noUp.statusCode()).isEqualTo(400);
    assertThat(noUp.body()).contains("\"pointer\":\"#/up\"");
    HttpResponse<String> noGym = api.post("/demo/links/A%20B", "application/json", "{\"up\":true}");
    assertThat(noGym.body()).contains("\"parameter\":\"gym\"");
    HttpResponse<String> notJson = api.post("/demo/links/downtown", "application/json", "{up");
    assertThat(notJson.statusCode()).isEqualTo(400);
    assertThat(notJson.body()).startsWith("{\"type\":\"urn:gympulse:problem:bad_request\"");
    assertThat(requests).isEmpty();
  }

  @Test
  void an_unreachable_demo_is_503() {
    supervisor.stop(0);
    HttpResponse<String> answer = api.get("/demo");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("demo_unreachable");
  }

  @Test
  void without_a_demo_its_requests_are_404() {
    try (RunningApi plain = new RunningApi(new SampleGyms())) {
      assertThat(plain.get("/demo").statusCode()).isEqualTo(404);
      assertThat(plain.post("/demo/links/a", "application/json", "{\"up\":true}").statusCode())
          .isEqualTo(404);
    }
  }

  private HttpServer supervisor() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext("/status", exchange -> answer(exchange, STATUS));
      made.createContext("/links/", this::link);
      made.start();
      return made;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void link(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
    answer(exchange, body);
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
