package io.gympulse.cloud.api.http;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;

/// A request that cannot be served, with the status and error that the client gets. Thrown by
/// controllers and filters, answered by [ErrorResponses]. Has no stack trace, since the cause is
/// the request or a dependency, not a bug.
///
/// Of the factories' parameters, `code` is stable, in lower case with underscores, for programs;
/// `message` is for people; `location` is what to correct.
public final class ApiException extends RuntimeException {
  private final HttpStatus status;
  private final String code;
  private final String text;
  private final Optional<RequestLocation> location;
  private final Optional<Duration> retryAfter;

  private ApiException(
      HttpStatus status,
      String code,
      String text,
      Optional<RequestLocation> location,
      Optional<Duration> retryAfter) {
    super(text, null, false, false);
    this.status = status;
    this.code = code;
    this.text = text;
    this.location = location;
    this.retryAfter = retryAfter;
  }

  private static ApiException of(HttpStatus status, String code, String message) {
    return new ApiException(status, code, message, Optional.empty(), Optional.empty());
  }

  private static ApiException retryable(
      HttpStatus status, String code, String message, Duration retryAfter) {
    return new ApiException(status, code, message, Optional.empty(), Optional.of(retryAfter));
  }

  /// 400 `invalid_field`.
  public static ApiException invalidField(RequestLocation location, String message) {
    return new ApiException(
        HttpStatus.BAD_REQUEST, "invalid_field", message, Optional.of(location), Optional.empty());
  }

  /// 400.
  public static ApiException badRequest(String code, String message) {
    return of(HttpStatus.BAD_REQUEST, code, message);
  }

  /// 401.
  public static ApiException unauthorized(String code, String message) {
    return of(HttpStatus.UNAUTHORIZED, code, message);
  }

  /// 403.
  public static ApiException forbidden(String code, String message) {
    return of(HttpStatus.FORBIDDEN, code, message);
  }

  /// 404.
  public static ApiException notFound(String code, String message) {
    return of(HttpStatus.NOT_FOUND, code, message);
  }

  /// 409: the request conflicts with the current state.
  public static ApiException conflict(String code, String message) {
    return of(HttpStatus.CONFLICT, code, message);
  }

  /// 409 with `Retry-After`.
  public static ApiException conflict(String code, String message, Duration retryAfter) {
    return retryable(HttpStatus.CONFLICT, code, message, retryAfter);
  }

  /// 429: the client has reached a limit.
  public static ApiException tooManyRequests(String code, String message) {
    return of(HttpStatus.TOO_MANY_REQUESTS, code, message);
  }

  /// 429 with `Retry-After`.
  public static ApiException tooManyRequests(String code, String message, Duration retryAfter) {
    return retryable(HttpStatus.TOO_MANY_REQUESTS, code, message, retryAfter);
  }

  /// 502: a process behind this one rejected the request or sent an invalid response.
  public static ApiException badGateway(String code, String message) {
    return of(HttpStatus.BAD_GATEWAY, code, message);
  }

  /// 503: a dependency cannot be reached now.
  public static ApiException serviceUnavailable(String code, String message) {
    return of(HttpStatus.SERVICE_UNAVAILABLE, code, message);
  }

  /// 503 with `Retry-After`.
  public static ApiException serviceUnavailable(String code, String message, Duration retryAfter) {
    return retryable(HttpStatus.SERVICE_UNAVAILABLE, code, message, retryAfter);
  }

  Problem problem() {
    return new Problem(status, code, text, location);
  }

  /// The header `Retry-After`: seconds, rounded up, at least 1.
  Optional<String> retryAfter() {
    return retryAfter.map(it -> Long.toString(Math.max(1, it.plusMillis(999).toSeconds())));
  }
}
