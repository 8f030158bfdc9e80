package io.gympulse.cloud.api.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Locale;

/// Gives errors that the framework finds (no such route, method, media type or body; a fault of
/// ours) the one error format. A fault's own message stays in the log.
@Singleton
final class FrameworkErrors implements ErrorResponseProcessor<ErrorBody> {
  @Override
  public MutableHttpResponse<ErrorBody> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    HttpStatus status = response.status();
    String message =
        status.getCode() >= 500 || !context.hasErrors()
            ? status.getReason()
            : context.getErrors().getFirst().getMessage();
    MutableHttpResponse<ErrorBody> answer = HttpResponse.status(status);
    response.getHeaders().forEachValue(answer::header);
    return answer
        .body(ErrorBody.of(codeOf(status), message))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private static String codeOf(HttpStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
