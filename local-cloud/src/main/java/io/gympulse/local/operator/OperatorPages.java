package io.gympulse.local.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.gympulse.cloud.redrive.DeadLetterQueue;
import io.gympulse.cloud.redrive.Redriven;
import io.gympulse.cloud.state.event.ExpiryClock;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/// `GET /unregistered`, `GET /dead-letters`, `POST /dead-letters/redrive` and `POST
/// /expiry/accept-time`, each answered with JSON. Safe for any number of threads.
public final class OperatorPages {
  /// How many dead letters are shown, and how much of each.
  private static final int MAX_LETTERS = 100;

  private static final int MAX_BODY_CHARS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final UnregisteredMachines unregistered;
  private final DeadLetterQueue deadLetters;
  private final Supplier<ExpiryClock.Standing> acceptTime;

  /// @param acceptTime lets what expires follow the process's clock from now on
  public OperatorPages(
      UnregisteredMachines unregistered,
      DeadLetterQueue deadLetters,
      Supplier<ExpiryClock.Standing> acceptTime) {
    this.unregistered = unregistered;
    this.deadLetters = deadLetters;
    this.acceptTime = acceptTime;
  }

  /// What to serve where.
  public Map<String, HttpHandler> byPath() {
    return Map.of(
        "/unregistered",
        it -> get(it, unregisteredJson()),
        "/dead-letters",
        it -> get(it, deadLettersJson()),
        "/dead-letters/redrive",
        this::redrive,
        "/expiry/accept-time",
        this::acceptTime);
  }

  private String unregisteredJson() {
    ArrayNode machines = JSON.createArrayNode();
    unregistered
        .all()
        .forEach(
            it ->
                machines
                    .addObject()
                    .put("gym", it.gym().value())
                    .put("machine", it.machine().value())
                    .put("firstSeen", it.firstSeen().toString())
                    .put("lastSeen", it.lastSeen().toString())
                    .put("mentions", it.mentions()));
    return machines.toString();
  }

  private String deadLettersJson() {
    ArrayNode letters = JSON.createArrayNode();
    deadLetters
        .list(MAX_LETTERS)
        .forEach(
            it ->
                letters
                    .addObject()
                    .put("at", it.at().toString())
                    .put("queue", it.queue())
                    .put("messageId", it.messageId())
                    .put("receives", it.receives())
                    .put("reason", it.reason())
                    .put("body", head(it.body())));
    return letters.toString();
  }

  private static String head(String body) {
    return body.length() <= MAX_BODY_CHARS ? body : body.substring(0, MAX_BODY_CHARS) + "...";
  }

  private void redrive(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      answer(exchange, 405, error("use POST"));
      return;
    }
    switch (deadLetters.redrive()) {
      case Redriven.Moved(long moved, long left) ->
          answer(
              exchange,
              200,
              JSON.createObjectNode().put("moved", moved).put("left", left).toString());
      case Redriven.Started(String task) ->
          answer(exchange, 202, JSON.createObjectNode().put("task", task).toString());
      case Redriven.UnderWay() ->
          answer(exchange, 409, error("an earlier redrive is not done with yet; try again later"));
    }
  }

  private void acceptTime(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      answer(exchange, 405, error("use POST"));
      return;
    }
    answer(
        exchange,
        200,
        JSON.createObjectNode().put("time", acceptTime.get().time().toString()).toString());
  }

  private static void get(HttpExchange exchange, String json) throws IOException {
    if (exchange.getRequestMethod().equals("GET")) {
      answer(exchange, 200, json);
    } else {
      answer(exchange, 405, error("use GET"));
    }
  }

  private static String error(String message) {
    ObjectNode error = JSON.createObjectNode().put("error", message);
    return error.toString();
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = (json + "\n").getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
