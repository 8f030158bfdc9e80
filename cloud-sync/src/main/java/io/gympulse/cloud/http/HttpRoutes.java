package io.gympulse.cloud.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One function behind several routes of an HTTP API, each by the API's own name of it, such as
/// `GET /stats`. A request of another route is answered 404 and counted. Safe for any number of
/// threads if the handlers are.
public final class HttpRoutes
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Map<String, RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>>
      handlers;
  private final AnswerCounters counters;

  /// @param counters counts what no handler answers
  public HttpRoutes(
      Map<String, RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>> handlers,
      AnswerCounters counters) {
    this.handlers = Map.copyOf(handlers);
    this.counters = counters;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(
      APIGatewayV2HTTPEvent event, @Nullable Context context) {
    var handler = handlers.get(event.getRouteKey());
    if (handler == null) {
      Answer answer = Answer.of(noSuchRoute(event.getRouteKey()));
      counters.answered(answer.status());
      return answer.response();
    }
    return handler.handleRequest(event, context);
  }

  private Fault noSuchRoute(String route) {
    String known = String.join(", ", new TreeSet<>(handlers.keySet()));
    return new Fault(
        404,
        "not_found",
        "there is nothing at %s; there is %s".formatted(route, known),
        Optional.empty());
  }
}
