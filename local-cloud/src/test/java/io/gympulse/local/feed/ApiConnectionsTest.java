package io.gympulse.local.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.notify.channel.WebSocketChannel.SendResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiConnectionsTest {
  private static final UserId USER = new UserId("anna+gym@example.com");

  private final Path folder;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final HttpServer api;
  private final ApiConnections pages;
  private volatile int status = 200;
  private volatile String answer = "{\"taken\":2}";

  ApiConnectionsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    URI address = URI.create("http://127.0.0.1:" + api.getAddress().getPort());
    pages = new ApiConnections(address, folder.resolve("connections.token"));
  }

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("connections.token"), "a-token-of-this-run\n");
    api.createContext(
        "/",
        exchange -> {
          requests.add(
              "%s %s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI().getRawPath(),
                      exchange.getRequestHeaders().getFirst("Authorization"),
                      new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
          exchange.sendResponseHeaders(status, 0);
          exchange.getResponseBody().write(answer.getBytes(UTF_8));
          exchange.close();
        });
    api.start();
  }

  @AfterEach
  void stop() {
    pages.close();
    api.stop(0);
  }

  @Test
  void a_frame_is_posted_for_the_member_with_the_token() {
    assertThat(pages.send(USER, "{\"type\":\"alert\"}")).isEqualTo(new SendResult.Sent(2));
    assertThat(requests)
        .containsExactly(
            "POST /@connections/users/anna%2Bgym%40example.com Bearer a-token-of-this-run"
                + " {\"type\":\"alert\"}");
  }

  @Test
  void an_error_response_is_a_failure() {
    status = 401;
    assertThat(pages.send(USER, "{}")).isEqualTo(new SendResult.Failed("the API answered 401"));
    status = 200;
    answer = "{}";
    assertThat(pages.send(USER, "{}")).isInstanceOf(SendResult.Failed.class);
    answer = "<html>";
    assertThat(pages.send(USER, "{}")).isInstanceOf(SendResult.Failed.class);
    api.stop(0);
    assertThat(pages.send(USER, "{}")).isInstanceOf(SendResult.Failed.class);
  }

  @Test
  void without_a_token_no_request_is_sent() throws IOException {
    Files.delete(folder.resolve("connections.token"));
    assertThat(pages.send(USER, "{}")).isInstanceOf(SendResult.Failed.class);
    assertThat(requests).isEmpty();
  }
}
