package io.gympulse.cloud.api.http;

import io.gympulse.cloud.core.error.ErrorBody;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import java.util.Locale;
import java.util.Optional;

/// Answers every failed request in the one error format, that of [ErrorBody]: an [ApiException] as
/// it says, a store that cannot be reached by 503 `store_unavailable`, and what the framework
/// detects (unknown route, method, media type, unreadable body, unexpected exception) by the lower
/// case name of its status. The message of an unexpected exception is logged, not sent.
@Controller
final class ErrorResponses implements ErrorResponseProcessor<String> {
  @Error(global = true)
  HttpResponse<String> onApiException(ApiException failure) {
    MutableHttpResponse<String> response = HttpResponse.status(failure.status());
    failure.retryAfter().ifPresent(it -> response.header(HttpHeaders.RETRY_AFTER, it));
    return body(response, failure.code(), failure.text(), failure.field());
  }

  @Error(global = true)
  HttpResponse<String> onStoreUnavailable(StoreUnavailableException failure) {
    return onApiException(
        ApiException.serviceUnavailable("store_unavailable", String.valueOf(failure.getMessage())));
  }

  @Override
  public MutableHttpResponse<String> processResponse(
      ErrorContext context, MutableHttpResponse<?> original) {
    HttpStatus status = original.status();
    String message =
        status.getCode() >= 500 || !context.hasErrors()
            ? status.getReason()
            : context.getErrors().getFirst().getMessage();
    MutableHttpResponse<String> response = HttpResponse.status(status);
    original.getHeaders().forEachValue(response::header);
    return body(response, status.name().toLowerCase(Locale.ROOT), message, Optional.empty());
  }

  private static MutableHttpResponse<String> body(
      MutableHttpResponse<String> response, String code, String message, Optional<String> field) {
    return response
        .body(ErrorBody.encode(code, message, field))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
