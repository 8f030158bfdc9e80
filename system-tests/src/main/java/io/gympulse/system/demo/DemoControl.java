package io.gympulse.system.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.core.broadcast.ErrorBody;
import io.gympulse.process.SiteCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/// What the page's demonstration panel asks of the supervisor, over HTTP on loopback:
/// `GET /status` and `POST /links/{gym}` with `{"up": true|false}`.
final class DemoControl implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LINKS = "/links/";

  private final SiteCheck site = new SiteCheck(Set.of());
  private final HttpServer server;
  private volatile List<DemoGym> gyms = List.of();
  private volatile LongSupplier updates = () -> 0;

  DemoControl() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/status", checked(exchange -> answer(exchange, 200, status().toString())));
    server.createContext(LINKS, checked(this::link));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Lets no page of another site cut a link.
  private HttpHandler checked(HttpHandler handler) {
    return exchange -> {
      Headers headers = exchange.getRequestHeaders();
      Optional<String> refusal =
          site.refusal(
              exchange.getRequestMethod(),
              headers.getFirst("Host"),
              headers.getFirst("Origin"),
              headers.getFirst("Sec-Fetch-Site"));
      if (refusal.isPresent()) {
        answer(exchange, 403, problem(refusal.get()));
      } else {
        handler.handle(exchange);
      }
    };
  }

  void show(List<DemoGym> gyms, LongSupplier updates) {
    this.gyms = List.copyOf(gyms);
    this.updates = updates;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private ObjectNode status() {
    ObjectNode status = JSON.createObjectNode();
    ArrayNode list = status.putArray("gyms");
    for (DemoGym gym : gyms) {
      list.addObject()
          .put("gym", gym.id())
          .put("up", gym.up())
          .put("recorded", gym.counters().recorded())
          .put("waiting", gym.counters().waiting())
          .put("acknowledged", gym.counters().acknowledged());
    }
    return status.put("updates", updates.getAsLong());
  }

  private void link(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring(LINKS.length());
    JsonNode up;
    try {
      up = JSON.readTree(exchange.getRequestBody().readNBytes(1_000)).path("up");
    } catch (JsonProcessingException e) {
      up = JSON.missingNode();
    }
    DemoGym gym = gyms.stream().filter(it -> it.id().equals(id)).findFirst().orElse(null);
    if (gyms.isEmpty()) {
      answer(exchange, 503, problem("the demo is still starting"));
    } else if (gym == null) {
      answer(exchange, 404, problem("no gym '%s' in this demo".formatted(id)));
    } else if (!"POST".equals(exchange.getRequestMethod()) || !up.isBoolean()) {
      answer(exchange, 400, problem("POST {\"up\": true} or {\"up\": false}"));
    } else {
      gym.setUp(up.booleanValue());
      answer(exchange, 200, status().toString());
    }
  }

  private static String problem(String message) {
    return ErrorBody.encode("demo", message, Optional.empty());
  }

  private static void answer(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
