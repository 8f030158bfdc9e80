package io.gympulse.cloud.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.http.ApiError.RejectedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Lambda function behind one route of an HTTP API. Every request gets a response and is counted,
/// even one that fails: nothing is thrown to the caller. Safe for any number of threads if
/// `respond` is.
public abstract class HttpHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

  private final ResponseCounters counters;

  protected HttpHandler(ResponseCounters counters) {
    this.counters = counters;
  }

  /// Handles one request.
  ///
  /// @throws RejectedException if the request is invalid
  protected abstract Response respond(Request request);

  @Override
  public final APIGatewayV2HTTPResponse handleRequest(
      APIGatewayV2HTTPEvent event, @Nullable Context context) {
    Request request = new Request(event);
    Response response = handle(request);
    counters.add(response.status());
    return response.event();
  }

  private Response handle(Request request) {
    try {
      return respond(request);
    } catch (RejectedException e) {
      return Response.of(e.error());
    } catch (StoreUnavailableException e) {
      LOG.warn("request {} failed with status 503: {}", request.id().orElse("?"), e.getMessage());
      return Response.of(ApiError.unavailable("the store cannot be used now; try again later"))
          .with("Retry-After", "1");
    } catch (RuntimeException e) {
      LOG.error("request {} failed with status 500", request.id().orElse("?"), e);
      return Response.of(ApiError.internal());
    }
  }
}
