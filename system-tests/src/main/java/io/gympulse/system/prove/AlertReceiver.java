package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A member's webhook, on a free port of this machine. It notes every telling, and refuses the
/// first attempt at every fourth delivery, which then has to come again under its id.
final class AlertReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OF_WHICH_ONE_IS_REFUSED = 4;

  private final HttpServer server;
  private final List<Telling> tellings = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private int deliveries;

  private AlertReceiver(HttpServer server) {
    this.server = server;
  }

  static AlertReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AlertReceiver receiver = new AlertReceiver(server);
    server.createContext("/told", receiver::take);
    server.start();
    return receiver;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%d/told".formatted(server.getAddress().getPort()));
  }

  synchronized List<Telling> tellings() {
    return List.copyOf(tellings);
  }

  /// Attempts that were answered as failed.
  synchronized int refused() {
    return refused.size();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      exchange.sendResponseHeaders(take(body) ? 204 : 503, -1);
    }
  }

  private synchronized boolean take(JsonNode body) {
    String delivery = body.required("id").asText();
    boolean again = refused.contains(delivery);
    if (!again && deliveries++ % OF_WHICH_ONE_IS_REFUSED == 0) {
      refused.add(delivery);
      return false;
    }
    tellings.add(
        new Telling(
            delivery,
            body.required("machineId").asText(),
            since(body.required("correlationId").asText())));
    return true;
  }

  /// From `{machine}@{epoch milliseconds}`: the field `since` has whole seconds only.
  private static Instant since(String correlation) {
    return Instant.ofEpochMilli(
        Long.parseLong(correlation.substring(correlation.lastIndexOf('@') + 1)));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
