package io.gympulse.local.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.event.ExpiryClock;
import io.gympulse.cloud.core.floor.UnregisteredMachine;
import io.gympulse.cloud.core.floor.UnregisteredMachines;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.Redriven;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.http.HttpCall;
import io.gympulse.local.http.HttpReply;
import io.gympulse.local.http.HttpService;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// `GET /unregistered`, `GET /dead-letters`, `POST /dead-letters/redrive` and `POST
/// /expiry/accept-time`, each answered with JSON. Who may ask is for [OperatorAccess]. Safe for any
/// number of threads.
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
  private final Supplier<ExpiryClock.Standing> acceptTime;

  /// @param registered whether a machine is on a floor plan by now
  /// @param acceptTime lets what expires follow the process's clock from now on
  public OperatorPages(
      UnregisteredMachines unregistered,
      Predicate<MachineId> registered,
      DeadLetterQueue deadLetters,
      Supplier<ExpiryClock.Standing> acceptTime) {
    this.unregistered = unregistered;
    this.registered = registered;
    this.deadLetters = deadLetters;
    this.acceptTime = acceptTime;
  }

  /// What to serve where.
  public Map<String, HttpService> byPath() {
    return Map.of(
        "/unregistered", this::unregistered,
        "/dead-letters", it -> get(it, this::deadLettersJson),
        "/dead-letters/redrive", this::redrive,
        "/expiry/accept-time", this::acceptTime);
  }

  /// A page of `?limit=`, after `?after=GYM/MACHINE`; where more follow, the header `Link` has the
  /// next page's address (RFC 8288).
  private HttpReply unregistered(HttpCall call) {
    if (!call.method().equals("GET")) {
      return HttpReply.json(405, error("use GET"));
    }
    try {
      Query query = Query.of(call.query());
      int limit = query.number("limit", MACHINES, 1, MAX_MACHINES);
      Page<UnregisteredMachine, UnregisteredMachine.Key> page =
          unregistered.page(query.text("after").map(OperatorPages::key), limit);
      HttpReply.Whole reply = HttpReply.json(200, json(page.items()));
      return page.next().map(it -> HttpReply.with(reply, "Link", link(limit, it))).orElse(reply);
    } catch (IllegalArgumentException e) {
      return HttpReply.json(400, error(String.valueOf(e.getMessage())));
    }
  }

  private static String link(int limit, UnregisteredMachine.Key next) {
    return "</unregistered?limit=%d&after=%s/%s>; rel=\"next\""
        .formatted(limit, next.gym(), next.machine());
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

  private HttpReply redrive(HttpCall call) {
    if (!call.method().equals("POST")) {
      return HttpReply.json(405, error("use POST"));
    }
    return switch (deadLetters.redrive()) {
      case Redriven.Moved(long moved, long left) ->
          HttpReply.json(
              200, JSON.createObjectNode().put("moved", moved).put("left", left).toString());
      case Redriven.Started(String task) ->
          HttpReply.json(202, JSON.createObjectNode().put("task", task).toString());
      case Redriven.UnderWay() ->
          HttpReply.json(409, error("an earlier redrive is not done with yet; try again later"));
    };
  }

  private HttpReply acceptTime(HttpCall call) {
    return call.method().equals("POST")
        ? HttpReply.json(
            200, JSON.createObjectNode().put("time", acceptTime.get().time().toString()).toString())
        : HttpReply.json(405, error("use POST"));
  }

  private static HttpReply get(HttpCall call, Supplier<String> json) {
    return call.method().equals("GET")
        ? HttpReply.json(200, json.get())
        : HttpReply.json(405, error("use GET"));
  }

  private static String error(String message) {
    ObjectNode error = JSON.createObjectNode().put("error", message);
    return error.toString();
  }
}
