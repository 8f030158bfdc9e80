package io.gympulse.local.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.gympulse.cloud.http.ApiError;
import io.gympulse.local.queue.LambdaContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Emulates an HTTP API of API Gateway: passes requests to the functions of their routes as events
/// (payload format 2.0). A path without a route is answered with 404, another method with 405, a
/// function that throws with 500. Thread-safe.
public final class HttpApiEmulator implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(HttpApiEmulator.class);

  private final List<Route> routes;
  private final InstantSource clock;

  /// @param routes if several match, the first one is used
  public HttpApiEmulator(List<Route> routes, InstantSource clock) {
    this.routes = List.copyOf(routes);
    this.clock = clock;
  }

  private record Match(Route route, Map<String, String> parts) {}

  @Override
  public ServerResponse handle(ServerRequest request) {
    List<Match> matches;
    try {
      matches = matches(request.path());
    } catch (IllegalArgumentException e) {
      return refusal(400, "malformed", "the percent-encoding of the path is invalid");
    }
    Optional<Match> match =
        matches.stream().filter(it -> it.route().method().equals(request.method())).findFirst();
    if (match.isPresent()) {
      return handle(request, match.get());
    }
    if (matches.isEmpty()) {
      return refusal(404, "not_found", "there is nothing at this path");
    }
    return ServerResponse.methodNotAllowed(
        matches.stream().map(it -> it.route().method()).toArray(String[]::new));
  }

  private List<Match> matches(String path) {
    List<String> segments =
        path.startsWith("/")
            ? Route.segments(path).stream().map(HttpApiEmulator::decoded).toList()
            : List.of();
    return routes.stream()
        .flatMap(it -> it.match(segments).map(parts -> new Match(it, parts)).stream())
        .toList();
  }

  private ServerResponse handle(ServerRequest request, Match match) {
    String id = UUID.randomUUID().toString();
    APIGatewayV2HTTPEvent event;
    try {
      event = HttpApiEvents.event(request, match.route(), match.parts(), id, clock);
    } catch (IllegalArgumentException e) {
      return refusal(400, "malformed", "the percent-encoding of the query is invalid");
    }
    return invoke(match.route(), event, id)
        .map(HttpApiEvents::response)
        .orElseGet(() -> ServerResponse.of(ApiError.internal()));
  }

  private static Optional<APIGatewayV2HTTPResponse> invoke(
      Route route, APIGatewayV2HTTPEvent event, String id) {
    try {
      return Optional.of(route.handler().handleRequest(event, new LambdaContext(route.key(), id)));
    } catch (RuntimeException e) {
      LOG.error("{} failed for request {}", route.key(), id, e);
      return Optional.empty();
    }
  }

  private static ServerResponse refusal(int status, String code, String message) {
    return ServerResponse.of(new ApiError(status, code, message, Optional.empty()));
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
