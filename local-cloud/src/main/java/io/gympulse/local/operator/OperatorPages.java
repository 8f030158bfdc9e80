package io.gympulse.local.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.gympulse.cloud.redrive.DeadLetterQueue;
import io.gympulse.cloud.redrive.Redriven;
import io.gympulse.cloud.state.floor.UnregisteredMachine;
import io.gympulse.cloud.state.floor.UnregisteredMachines;
import io.gympulse.cloud.state.page.Page;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// `GET /unregistered`, `GET /dead-letters` and `POST /dead-letters/redrive`, each answered with
/// JSON. Safe for any number of threads.
public final class OperatorPages {
  /// How many dead letters are shown, and how much of each.
  private static final int MAX_LETTERS = 100;

  private static final int MAX_BODY_CHARS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  /// How many unregistered machines are shown if nothing else is asked for, and at most.
  private static final int MACHINES = 100;

  private static final int MAX_MACHINES = 1_000;

  private final UnregisteredMachines unregistered;
  private final Predicate<MachineId> registered;
  private final DeadLetterQueue deadLetters;

  /// @param registered whether a machine is on a floor plan by now
  public OperatorPages(
      UnregisteredMachines unregistered,
      Predicate<MachineId> registered,
      DeadLetterQueue deadLetters) {
    this.unregistered = unregistered;
    this.registered = registered;
    this.deadLetters = deadLetters;
  }

  /// What to serve where.
  public Map<String, HttpHandler> byPath() {
    return Map.of(
        "/unregistered", this::unregistered,
        "/dead-letters", it -> get(it, deadLettersJson()),
        "/dead-letters/redrive", this::redrive);
  }

  /// A page of `?limit=`, after `?after=GYM/MACHINE`; where more follow, the header `Link` has the
  /// next page's address (RFC 8288).
  private void unregistered(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      answer(exchange, 405, error("use GET"));
      return;
    }
    try {
      Query query = Query.of(exchange.getRequestURI());
      int limit = query.number("limit", MACHINES, 1, MAX_MACHINES);
      Page<UnregisteredMachine, UnregisteredMachine.Key> page =
          unregistered.page(query.text("after").map(OperatorPages::key), limit);
      page.next()
          .ifPresent(
              it ->
                  exchange
                      .getResponseHeaders()
                      .set(
                          "Link",
                          "</unregistered?limit=%d&after=%s/%s>; rel=\"next\""
                              .formatted(limit, it.gym(), it.machine())));
      answer(exchange, 200, json(page.items()));
    } catch (IllegalArgumentException e) {
      answer(exchange, 400, error(String.valueOf(e.getMessage())));
    }
  }

  private static UnregisteredMachine.Key key(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("after is to be GYM/MACHINE");
    }
    return new UnregisteredMachine.Key(new GymId(parts[0]), new MachineId(parts[1]));
  }

  private String json(List<UnregisteredMachine> some) {
    ArrayNode machines = JSON.createArrayNode();
    some.stream()
        .filter(it -> !registered.test(it.machine()))
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
