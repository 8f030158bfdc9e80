package io.gympulse.cloud.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Lambda function behind one route of an HTTP API. Every request is answered and counted, even
/// one that fails: nothing is thrown to the caller. Safe for any number of threads if `answer` is.
public abstract class HttpHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

  private final AnswerCounters counters;

  protected HttpHandler(AnswerCounters counters) {
    this.counters = counters;
  }

  /// Answers one request.
  ///
  /// @throws Refusal if it is at fault
  protected abstract Answer answer(Asked asked);

  @Override
  public final APIGatewayV2HTTPResponse handleRequest(
      APIGatewayV2HTTPEvent event, @Nullable Context context) {
    Asked asked = new Asked(event);
    Answer answer = answered(asked);
    counters.answered(answer.status());
    return answer.response();
  }

  private Answer answered(Asked asked) {
    try {
      return answer(asked);
    } catch (Refusal e) {
      return Answer.of(e.fault());
    } catch (StoreUnavailableException e) {
      LOG.warn("request {} is answered 503: {}", asked.id().orElse("?"), e.getMessage());
      return Answer.of(Fault.unavailable("the store cannot be used now; try again later"))
          .with("Retry-After", "1");
    } catch (RuntimeException e) {
      LOG.error("request {} is answered 500", asked.id().orElse("?"), e);
      return Answer.of(Fault.internal());
    }
  }
}
