package io.gympulse.cloud.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One function behind several routes of an HTTP API, identified by the API's route keys, such as
/// `GET /stats`. A request of another route gets status 404 and is counted. Safe for any number of
/// threads if the handlers are.
public final class HttpRoutes
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final Map<String, RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>>
      handlers;
  private final ResponseCounters counters;

  /// @param counters counts responses that no handler makes
  public HttpRoutes(
      Map<String, RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>> handlers,
      ResponseCounters counters) {
    this.handlers = Map.copyOf(handlers);
    this.counters = counters;
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(
      APIGatewayV2HTTPEvent event, @Nullable Context context) {
    var handler = handlers.get(event.getRouteKey());
    if (handler == null) {
      Response response = Response.of(noSuchRoute(event.getRouteKey()));
      counters.add(response.status());
      return response.event();
    }
    return handler.handleRequest(event, context);
  }

  private ApiError noSuchRoute(String route) {
    String known = String.join(", ", new TreeSet<>(handlers.keySet()));
    return new ApiError(
        404,
        "not_found",
        "there is nothing at %s; there is %s".formatted(route, known),
        Optional.empty());
  }
}
