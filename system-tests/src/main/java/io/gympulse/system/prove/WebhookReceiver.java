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

/// An HTTP server for the members' webhooks, on a free port of this machine. It keeps every
/// notification that it accepts, and answers 503 to the first attempt of every fourth delivery,
/// which must be retried under the same delivery id. Thread-safe.
final class WebhookReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/notify/";
  private static final int REFUSED_EVERY = 4;

  private final HttpServer server;
  private final InstantSource clock;
  private final Map<String, List<Notification>> notifications = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private int deliveries;

  private WebhookReceiver(HttpServer server, InstantSource clock) {
    this.server = server;
    this.clock = clock;
  }

  /// @param clock of the processes
  static WebhookReceiver start(InstantSource clock) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    WebhookReceiver receiver = new WebhookReceiver(server, clock);
    server.createContext(PATH, receiver::receive);
    server.start();
    return receiver;
  }

  /// The webhook address of the members with these terms.
  URI uri(SubscriptionTerms terms) {
    return URI.create(
        "http://127.0.0.1:%d%s%s".formatted(server.getAddress().getPort(), PATH, terms.name()));
  }

  /// The notifications to the members with these terms, in order of arrival.
  synchronized List<Notification> notifications(SubscriptionTerms terms) {
    return List.copyOf(notifications.getOrDefault(terms.name(), List.of()));
  }

  /// How many first attempts were answered with 503.
  synchronized int refusedCount() {
    return refused.size();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody());
      String terms = exchange.getRequestURI().getPath().substring(PATH.length());
      exchange.sendResponseHeaders(accept(terms, body) ? 204 : 503, -1);
    }
  }

  private synchronized boolean accept(String terms, JsonNode body) {
    String delivery = body.required("id").asText();
    boolean retried = refused.contains(delivery);
    if (!retried && deliveries++ % REFUSED_EVERY == 0) {
      refused.add(delivery);
      return false;
    }
    notifications
        .computeIfAbsent(terms, _ -> new ArrayList<>())
        .add(
            new Notification(
                delivery,
                body.required("machineId").asText(),
                since(body.required("correlationId").asText()),
                clock.instant()));
    return true;
  }

  /// Parses `{machine}@{epoch milliseconds}`, as the field `since` has whole seconds only.
  private static Instant since(String correlation) {
    return Instant.ofEpochMilli(
        Long.parseLong(correlation.substring(correlation.lastIndexOf('@') + 1)));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /// A notification as a member received it.
  ///
  /// @param since the start of the free period according to the notification
  /// @param receivedAt by the processes' clock
  record Notification(String deliveryId, String machine, Instant since, Instant receivedAt) {

    boolean isAbout(FreePeriod period) {
      return machine.equals(period.machine())
          && !since.isBefore(period.from())
          && since.isBefore(period.to());
    }
  }
}
