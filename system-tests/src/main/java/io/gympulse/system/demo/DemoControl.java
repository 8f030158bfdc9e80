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
import io.gympulse.cloud.core.error.ErrorBody;
import io.gympulse.process.SiteCheck;
import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.link.NetworkLink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/// The HTTP server behind the page's demo panel, on loopback: `GET /status` and
/// `POST /links/{gym}` with `{"up": true|false}`.
final class DemoControl implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LINKS = "/links/";

  private final SiteCheck siteCheck = new SiteCheck(Set.of());
  private final HttpServer server;
  private volatile List<GymProcesses> gyms = List.of();
  private volatile LongSupplier updateCount = () -> 0;

  DemoControl() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/status", checked(exchange -> respond(exchange, 200, status().toString())));
    server.createContext(LINKS, checked(this::setLink));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Refuses requests from pages of other sites.
  private HttpHandler checked(HttpHandler handler) {
    return exchange -> {
      Headers headers = exchange.getRequestHeaders();
      Optional<String> refusal =
          siteCheck.refusal(
              exchange.getRequestMethod(),
              headers.getFirst("Host"),
              headers.getFirst("Origin"),
              headers.getFirst("Sec-Fetch-Site"));
      if (refusal.isPresent()) {
        respond(exchange, 403, error(refusal.get()));
      } else {
        handler.handle(exchange);
      }
    };
  }

  void setGyms(List<GymProcesses> gyms, LongSupplier updateCount) {
    this.gyms = List.copyOf(gyms);
    this.updateCount = updateCount;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private ObjectNode status() {
    ObjectNode status = JSON.createObjectNode();
    ArrayNode list = status.putArray("gyms");
    for (GymProcesses gym : gyms) {
      list.addObject()
          .put("gym", gym.gymId())
          .put("up", gym.isLinkUp())
          .put("recorded", gym.counters().recorded())
          .put("waiting", gym.counters().waiting())
          .put("acknowledged", gym.counters().acknowledged());
    }
    return status.put("updates", updateCount.getAsLong());
  }

  private void setLink(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestURI().getPath().substring(LINKS.length());
    JsonNode up;
    try {
      up = JSON.readTree(exchange.getRequestBody().readNBytes(1_000)).path("up");
    } catch (JsonProcessingException e) {
      up = JSON.missingNode();
    }
    GymProcesses gym = gyms.stream().filter(it -> it.gymId().equals(id)).findFirst().orElse(null);
    if (gyms.isEmpty()) {
      respond(exchange, 503, error("the demo is still starting"));
    } else if (gym == null) {
      respond(exchange, 404, error("no gym '%s' in this demo".formatted(id)));
    } else if (!"POST".equals(exchange.getRequestMethod()) || !up.isBoolean()) {
      respond(exchange, 400, error("POST {\"up\": true} or {\"up\": false}"));
    } else {
      setInternet(gym, up.booleanValue());
      respond(exchange, 200, status().toString());
    }
  }

  /// Cuts a gym's internet as a pulled cable does, or restores it.
  static void setInternet(GymProcesses gym, boolean up) {
    gym.setLink(up ? NetworkLink.State.UP : NetworkLink.State.BLACK_HOLE);
  }

  private static String error(String message) {
    return ErrorBody.encode("demo", message, Optional.empty());
  }

  private static void respond(HttpExchange exchange, int code, String body) throws IOException {
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
