package io.gympulse.cloud.api.http;

import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.RateLimitedLog;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/// Answers every failed request by a [Problem]: an [ApiException] as it says, a store that cannot
/// be reached by 503 `store_unavailable`, and what the framework detects (unknown route, method,
/// media type, unreadable body, unexpected exception) by the lower case name of its status and a
/// text of this class. The message of an exception is logged, not sent.
@Controller
final class ErrorResponses implements ErrorResponseProcessor<String> {
  private static final Duration RETRY_LATER = Duration.ofSeconds(1);

  private final RateLimitedLog log;

  ErrorResponses(ProcessClock clock) {
    this.log = new RateLimitedLog(LoggerFactory.getLogger(ErrorResponses.class), clock::nanos);
  }

  @Error(global = true)
  HttpResponse<String> onApiException(ApiException failure) {
    MutableHttpResponse<String> response = failure.problem().answer();
    failure.retryAfter().ifPresent(it -> response.header(HttpHeaders.RETRY_AFTER, it));
    challenge(failure.problem().code())
        .ifPresent(it -> response.header(HttpHeaders.WWW_AUTHENTICATE, it));
    return response;
  }

  /// RFC 6750.
  private static Optional<String> challenge(String code) {
    return switch (code) {
      case "missing_token" -> Optional.of("Bearer");
      case "invalid_token" -> Optional.of("Bearer error=\"invalid_token\"");
      case "missing_role" -> Optional.of("Bearer error=\"insufficient_scope\"");
      default -> Optional.empty();
    };
  }

  @Error(global = true)
  HttpResponse<String> onStoreUnavailable(StoreUnavailableException failure) {
    log.warn("store", "the store cannot be used: {}", String.valueOf(failure.getMessage()));
    return onApiException(
        ApiException.serviceUnavailable(
            "store_unavailable", "The store cannot be used now; try again.", RETRY_LATER));
  }

  @Override
  public MutableHttpResponse<String> processResponse(
      ErrorContext context, MutableHttpResponse<?> original) {
    HttpStatus status = original.status();
    MutableHttpResponse<String> response = HttpResponse.status(status);
    original.getHeaders().forEachValue(response::header);
    String code = status.name().toLowerCase(Locale.ROOT);
    return new Problem(status, code, detail(status, original), Optional.empty()).answer(response);
  }

  private static String detail(HttpStatus status, HttpResponse<?> original) {
    return switch (status) {
      case BAD_REQUEST -> "The request, or its body, cannot be read.";
      case NOT_FOUND -> "Nothing is served at this path.";
      case METHOD_NOT_ALLOWED ->
          "This path takes other methods: %s."
              .formatted(original.getHeaders().findFirst(HttpHeaders.ALLOW).orElse("none"));
      case NOT_ACCEPTABLE -> "The answer has none of the media types of the header Accept.";
      case REQUEST_ENTITY_TOO_LARGE ->
          "The request is too long: a body may have 64 KiB, line and headers 8 KiB.";
      case UNSUPPORTED_MEDIA_TYPE -> "The body must be application/json.";
      default ->
          status.getCode() >= 500
              ? "The server failed; its log has the reason."
              : "The server does not take this request.";
    };
  }
}
