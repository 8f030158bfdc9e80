package io.gympulse.edge.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.edge.configuration.ScreenSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests by TLS, by a client that trusts the screen's own certificate and nothing else.
class ScreenServerTest {
  @TempDir private Path folder;
  private final List<String> codes = new CopyOnWriteArrayList<>();
  private ScreenServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws Exception {
    ScreenIdentity identity = ScreenIdentity.of(folder, "gw", "pi");
    server =
        ScreenServer.bind(
            new ScreenSettings("127.0.0.1", 0, true, folder.resolve("plan.json")),
            Optional.of(identity),
            "pi",
            new FixedContent(),
            System::nanoTime,
            codes::add);
    server.start();
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, new char[0]);
    trusted.setCertificateEntry("screen", identity.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    client = HttpClient.newBuilder().sslContext(context).build();
  }

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void without_the_code_there_is_only_the_pairing_page() throws Exception {
    assertThat(get("/", "").body()).contains("Pair this browser");
    assertThat(get("/pair.js", "").statusCode()).isEqualTo(200);
    for (String path :
        List.of("/screen.html", "/screen.js", "/events", "/api/report", "/report", "/x", "/..")) {
      assertThat(get(path, "").statusCode()).as(path).isEqualTo(401);
      assertThat(get(path, "__Host-gympulse=forged").statusCode()).as(path).isEqualTo(401);
    }
    assertThat(post("/binding/start", "{}", "", origin()).statusCode()).isEqualTo(401);
  }

  @Test
  void the_code_gives_a_cookie_that_no_script_and_no_other_site_can_use() throws Exception {
    HttpResponse<String> paired = pair();
    assertThat(paired.statusCode()).isEqualTo(200);
    assertThat(paired.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-gympulse=")
        .contains("; HttpOnly", "; Secure", "; SameSite=Strict", "; Path=/");
    assertThat(get("/", cookie(paired)).body()).contains("Bind sensors by touching");
    assertThat(get("/api/report", cookie(paired)).body()).contains("\"report\":true");
    assertThat(post("/binding/start", "{}", cookie(paired), origin()).statusCode()).isEqualTo(200);
    assertThat(post("/unpair", "{}", cookie(paired), origin()).statusCode()).isEqualTo(200);
    assertThat(get("/api/report", cookie(paired)).statusCode()).isEqualTo(401);
  }

  @Test
  void a_write_of_another_page_is_refused() throws Exception {
    String cookie = cookie(pair());
    assertThat(post("/binding/start", "{}", cookie, "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(post("/binding/start", "{}", cookie, "").statusCode()).isEqualTo(403);
    assertThat(post("/pair", "{\"code\":\"1\"}", "", "https://evil.example").statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_body_that_is_too_long_or_no_object_is_refused() throws Exception {
    String cookie = cookie(pair());
    String longest = "{\"a\":\"%s\"}".formatted("x".repeat(ScreenRequest.MAX_BODY));
    for (String body : List.of(longest, "[]", "", "{", "\ud800")) {
      assertThat(post("/binding/start", body, cookie, origin()).statusCode()).isEqualTo(400);
    }
    assertThat(post("/binding/none", "{}", cookie, origin()).statusCode()).isEqualTo(404);
  }

  @Test
  void every_response_forbids_foreign_content() throws Exception {
    for (String path : List.of("/", "/none", "/screen.css")) {
      assertThat(get(path, "").headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
    }
  }

  @Test
  void changes_arrive_as_events_and_streams_are_bounded() throws Exception {
    String cookie = cookie(pair());
    for (int i = 0; i < 8; i++) {
      HttpResponse<InputStream> stream =
          client.send(request("/events", cookie).build(), BodyHandlers.ofInputStream());
      byte[] beginning = stream.body().readNBytes(40);
      assertThat(new String(beginning, StandardCharsets.UTF_8))
          .startsWith("event: status\ndata: {\"status\":true}\n\n");
    }
    assertThat(get("/events", cookie).statusCode()).isEqualTo(503);
  }

  private String origin() {
    return "https://localhost:" + server.port();
  }

  private static String cookie(HttpResponse<?> paired) {
    return paired.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private HttpResponse<String> pair() throws IOException, InterruptedException {
    return post("/pair", "{\"code\":\"%s\"}".formatted(codes.getLast()), "", origin());
  }

  private HttpRequest.Builder request(String path, String cookie) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + path));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<String> get(String path, String cookie)
      throws IOException, InterruptedException {
    return client.send(request(path, cookie).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String cookie, String origin)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path, cookie).POST(BodyPublishers.ofString(body));
    return client.send(
        (origin.isEmpty() ? request : request.header("Origin", origin)).build(),
        BodyHandlers.ofString());
  }

  private static final class FixedContent implements ScreenContent {
    @Override
    public String status() {
      return "{\"status\":true}";
    }

    @Override
    public String binding() {
      return "{\"on\":false}";
    }

    @Override
    public ObjectNode report() {
      return JsonTree.object().put("report", true);
    }

    @Override
    public Optional<Outcome> act(String path, JsonNode body) {
      return path.equals("/binding/start")
          ? Optional.of(new Outcome.Done(JsonTree.object()))
          : Optional.empty();
    }
  }
}
