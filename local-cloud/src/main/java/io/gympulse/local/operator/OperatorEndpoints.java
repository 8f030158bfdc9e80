package io.gympulse.local.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.gympulse.cloud.core.event.ExpiryClock;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines;
import io.gympulse.cloud.core.floorplan.UnregisteredMachines.UnregisteredMachine;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.http.ApiError;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.http.HttpHandler;
import io.gympulse.local.http.ServerRequest;
import io.gympulse.local.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// `GET /unregistered`, `GET /dead-letters`, `POST /dead-letters/redrive` and `POST
/// /expiry/accept-time`, with JSON responses. [OperatorAuthentication] protects them. Thread-safe.
public final class OperatorEndpoints {
  private static final int MAX_LETTERS = 100;

  /// Longer bodies of dead letters are truncated.
  private static final int MAX_BODY_CHARS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int DEFAULT_MACHINES = 100;
  private static final int MAX_MACHINES = 1_000;

  private final UnregisteredMachines unregistered;
  private final Predicate<MachineId> registered;
  private final DeadLetterQueue deadLetters;
  private final Supplier<ExpiryClock.Status> acceptTime;

  /// @param registered whether a machine is on a floor plan
  /// @param acceptTime sets the expiry clock to the process's clock
  public OperatorEndpoints(
      UnregisteredMachines unregistered,
      Predicate<MachineId> registered,
      DeadLetterQueue deadLetters,
      Supplier<ExpiryClock.Status> acceptTime) {
    this.unregistered = unregistered;
    this.registered = registered;
    this.deadLetters = deadLetters;
    this.acceptTime = acceptTime;
  }

  /// The handlers by path.
  public Map<String, HttpHandler> byPath() {
    return Map.of(
        "/unregistered", this::unregistered,
        "/dead-letters", it -> get(it, this::deadLettersJson),
        "/dead-letters/redrive", this::redrive,
        "/expiry/accept-time", this::acceptTime);
  }

  /// A page of `?limit=` machines after `?after=GYM/MACHINE`; if more follow, the header `Link` has
  /// the next page's address (RFC 8288).
  private ServerResponse unregistered(ServerRequest request) {
    if (!request.method().equals("GET")) {
      return ServerResponse.methodNotAllowed("GET");
    }
    try {
      QueryParameters query = QueryParameters.of(request.query());
      int limit = query.number("limit", DEFAULT_MACHINES, 1, MAX_MACHINES);
      Page<UnregisteredMachine, UnregisteredMachine.Key> page =
          unregistered.page(query.text("after").map(OperatorEndpoints::key), limit);
      ServerResponse response = ServerResponse.json(200, json(page.items()));
      return page.next().map(it -> response.with("Link", link(limit, it))).orElse(response);
    } catch (IllegalArgumentException e) {
      return ServerResponse.of(ApiError.malformed(String.valueOf(e.getMessage())));
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
                    .put("mentions", it.reportCount()));
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

  private ServerResponse redrive(ServerRequest request) {
    if (!request.method().equals("POST")) {
      return ServerResponse.methodNotAllowed("POST");
    }
    return switch (deadLetters.redrive()) {
      case RedriveResult.Moved(long moved, long left) ->
          ServerResponse.json(
              200, JSON.createObjectNode().put("moved", moved).put("left", left).toString());
      case RedriveResult.Started(String task) ->
          ServerResponse.json(202, JSON.createObjectNode().put("task", task).toString());
      case RedriveResult.UnderWay() ->
          ServerResponse.of(
              new ApiError(
                  409,
                  "redrive_running",
                  "an earlier redrive is still running; try again later",
                  Optional.empty()));
    };
  }

  private ServerResponse acceptTime(ServerRequest request) {
    return request.method().equals("POST")
        ? ServerResponse.json(
            200, JSON.createObjectNode().put("time", acceptTime.get().time().toString()).toString())
        : ServerResponse.methodNotAllowed("POST");
  }

  private static ServerResponse get(ServerRequest request, Supplier<String> json) {
    return request.method().equals("GET")
        ? ServerResponse.json(200, json.get())
        : ServerResponse.methodNotAllowed("GET");
  }
}
