package io.gympulse.local.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.gympulse.cloud.http.Fault;
import io.gympulse.local.queue.LambdaContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes HTTP requests to the functions of their routes, as events of an HTTP API (payload format
/// 2.0), and back. A path without a route is answered 404, another method 405, a function that
/// throws 500. Safe for any number of threads.
public final class HttpDoor implements HttpService {

  private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

  private final List<Route> routes;
  private final InstantSource clock;

  /// @param routes if several take a path, the first of them does
  public HttpDoor(List<Route> routes, InstantSource clock) {
    this.routes = List.copyOf(routes);
    this.clock = clock;
  }

  private record Match(Route route, Map<String, String> parts) {}

  @Override
  public HttpReply serve(HttpCall call) {
    List<Match> matches;
    try {
      matches = matches(call.path());
    } catch (IllegalArgumentException e) {
      return refusal(400, "malformed", "the path is not percent-encoded as it should be");
    }
    Optional<Match> match =
        matches.stream().filter(it -> it.route().method().equals(call.method())).findFirst();
    if (match.isPresent()) {
      return serve(call, match.get());
    }
    if (matches.isEmpty()) {
      return refusal(404, "not_found", "there is nothing at this path");
    }
    String allowed =
        matches.stream().map(it -> it.route().method()).collect(Collectors.joining(", "));
    return HttpReply.with(refusal(405, "method_not_allowed", "use " + allowed), "Allow", allowed);
  }

  private List<Match> matches(String path) {
    List<String> segments =
        path.startsWith("/")
            ? Route.segments(path).stream().map(HttpDoor::decoded).toList()
            : List.of();
    return routes.stream()
        .flatMap(it -> it.match(segments).map(parts -> new Match(it, parts)).stream())
        .toList();
  }

  private HttpReply serve(HttpCall call, Match match) {
    String id = UUID.randomUUID().toString();
    APIGatewayV2HTTPEvent event;
    try {
      event = HttpEvents.event(call, match.route(), match.parts(), id, clock);
    } catch (IllegalArgumentException e) {
      return refusal(400, "malformed", "the query is not percent-encoded as it should be");
    }
    return invoke(match.route(), event, id)
        .map(Replies::of)
        .orElseGet(() -> Replies.of(Fault.internal()));
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

  private static HttpReply.Whole refusal(int status, String code, String message) {
    return Replies.of(new Fault(status, code, message, Optional.empty()));
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
