package io.gympulse.local.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.gympulse.cloud.http.Answer;
import io.gympulse.cloud.http.Fault;
import io.gympulse.local.queue.LambdaContext;
import java.io.IOException;
import java.net.URI;
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
/// 2.0), and back. A path without a route is answered 404, another method 405, a body beyond the
/// limit 413 before it is read, a function that throws 500. Safe for any number of threads.
public final class HttpDoor implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(HttpDoor.class);

  /// As much as a function's event may hold.
  private static final int MAX_BODY_BYTES = 6 << 20;

  private final List<Route> routes;
  private final InstantSource clock;

  /// @param routes if several take a path, the first of them does
  public HttpDoor(List<Route> routes, InstantSource clock) {
    this.routes = List.copyOf(routes);
    this.clock = clock;
  }

  private record Match(Route route, Map<String, String> parts) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<Match> matches = matches(exchange.getRequestURI());
      Optional<Match> match =
          matches.stream()
              .filter(it -> it.route().method().equals(exchange.getRequestMethod()))
              .findFirst();
      if (match.isPresent()) {
        serve(exchange, match.get());
      } else if (matches.isEmpty()) {
        refuse(exchange, 404, "not_found", "there is nothing at this path");
      } else {
        String allowed =
            matches.stream().map(it -> it.route().method()).collect(Collectors.joining(", "));
        exchange.getResponseHeaders().set("Allow", allowed);
        refuse(exchange, 405, "method_not_allowed", "use " + allowed);
      }
    }
  }

  private List<Match> matches(URI address) {
    String path = address.getRawPath();
    List<String> segments =
        path.isEmpty() ? List.of() : Route.segments(path).stream().map(HttpDoor::decoded).toList();
    return routes.stream()
        .flatMap(it -> it.match(segments).map(parts -> new Match(it, parts)).stream())
        .toList();
  }

  private void serve(HttpExchange exchange, Match match) throws IOException {
    Optional<byte[]> body = body(exchange);
    if (body.isEmpty()) {
      exchange.getResponseHeaders().set("Connection", "close");
      HttpEvents.send(exchange, Answer.of(Fault.tooLarge(MAX_BODY_BYTES)));
      return;
    }
    String id = UUID.randomUUID().toString();
    APIGatewayV2HTTPEvent event =
        HttpEvents.event(exchange, match.route(), match.parts(), body.get(), id, clock);
    Optional<APIGatewayV2HTTPResponse> response = invoke(match.route(), event, id);
    if (response.isPresent()) {
      HttpEvents.send(exchange, response.get());
    } else {
      HttpEvents.send(exchange, Answer.of(Fault.internal()));
    }
  }

  /// Empty if it is too large; then it is not read to its end.
  private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
    String announced = exchange.getRequestHeaders().getFirst("Content-Length");
    if (announced != null && Long.parseLong(announced) > MAX_BODY_BYTES) {
      return Optional.empty();
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    return body.length > MAX_BODY_BYTES ? Optional.empty() : Optional.of(body);
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

  private static void refuse(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    HttpEvents.send(exchange, Answer.of(new Fault(status, code, message, Optional.empty())));
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
