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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The members' webhooks, on a free port of this machine. It notes every telling, and refuses the
/// first attempt at every fourth delivery, which then has to come again under its id.
final class AlertReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/told/";
  private static final int OF_WHICH_ONE_IS_REFUSED = 4;

  private final HttpServer server;
  private final InstantSource clock;
  private final Map<String, List<Telling>> tellings = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private int deliveries;

  private AlertReceiver(HttpServer server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  /// @param clock the one that the processes run by
  static AlertReceiver start(InstantSource clock) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    AlertReceiver receiver = new AlertReceiver(server, clock);
    server.createContext(PATH, receiver::take);
    server.start();
    return receiver;
  }

  /// @param agreement by whose name its members' tellings are kept apart
  URI uri(Agreement agreement) {
    return URI.create(
        "http://127.0.0.1:%d%s%s".formatted(server.getAddress().getPort(), PATH, agreement.name()));
  }

  /// In the order in which they came.
  synchronized List<Telling> tellings(Agreement agreement) {
    return List.copyOf(tellings.getOrDefault(agreement.name(), List.of()));
  }

  /// Attempts that were answered as failed.
  synchronized int refused() {
    return refused.size();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      String agreement = exchange.getRequestURI().getPath().substring(PATH.length());
      exchange.sendResponseHeaders(take(agreement, body) ? 204 : 503, -1);
    }
  }

  private synchronized boolean take(String agreement, JsonNode body) {
    String delivery = body.required("id").asText();
    boolean again = refused.contains(delivery);
    if (!again && deliveries++ % OF_WHICH_ONE_IS_REFUSED == 0) {
      refused.add(delivery);
      return false;
    }
    tellings
        .computeIfAbsent(agreement, _ -> new ArrayList<>())
        .add(
            new Telling(
                delivery,
                body.required("machineId").asText(),
                since(body.required("correlationId").asText()),
                clock.instant()));
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
