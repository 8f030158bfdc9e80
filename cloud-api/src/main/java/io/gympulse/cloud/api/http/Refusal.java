package io.gympulse.cloud.api.http;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;

/// A request that cannot be answered, with what the caller needs to mend it. Thrown by controllers,
/// turned into an [ErrorBody] at one place; the stack is not recorded since it is no fault of ours.
public final class Refusal extends RuntimeException {
  private final HttpStatus status;
  private final String code;
  private final String text;
  private final Optional<String> field;
  private final Optional<Duration> retryAfter;

  private Refusal(HttpStatus status, String code, String text, Optional<String> field) {
    this(status, code, text, field, Optional.empty());
  }

  private Refusal(
      HttpStatus status,
      String code,
      String text,
      Optional<String> field,
      Optional<Duration> retryAfter) {
    super(text, null, false, false);
    this.status = status;
    this.code = code;
    this.text = text;
    this.field = field;
    this.retryAfter = retryAfter;
  }

  /// 401.
  public static Refusal unauthorized(String code, String message) {
    return new Refusal(HttpStatus.UNAUTHORIZED, code, message, Optional.empty());
  }

  /// 403: the caller may not do this here, whoever it is.
  public static Refusal forbidden(String code, String message) {
    return new Refusal(HttpStatus.FORBIDDEN, code, message, Optional.empty());
  }

  /// 404.
  public static Refusal unknown(String code, String message) {
    return new Refusal(HttpStatus.NOT_FOUND, code, message, Optional.empty());
  }

  /// 400, naming the field, parameter or path part.
  public static Refusal invalid(String field, String message) {
    return new Refusal(HttpStatus.BAD_REQUEST, "invalid_field", message, Optional.of(field));
  }

  /// 409: what is asked for does not go with what is.
  public static Refusal conflict(String code, String message) {
    return new Refusal(HttpStatus.CONFLICT, code, message, Optional.empty());
  }

  /// 429: the caller has as much open as it may.
  public static Refusal tooMany(String code, String message) {
    return new Refusal(HttpStatus.TOO_MANY_REQUESTS, code, message, Optional.empty());
  }

  /// 409, with how long to wait before it is asked for again.
  public static Refusal conflict(String code, String message, Duration retryAfter) {
    return new Refusal(
        HttpStatus.CONFLICT, code, message, Optional.empty(), Optional.of(retryAfter));
  }

  /// 429, with how long to wait before it is asked for again.
  public static Refusal tooMany(String code, String message, Duration retryAfter) {
    return new Refusal(
        HttpStatus.TOO_MANY_REQUESTS, code, message, Optional.empty(), Optional.of(retryAfter));
  }

  /// 503: what is asked for exists, but cannot be reached now.
  public static Refusal unavailable(String code, String message) {
    return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, code, message, Optional.empty());
  }

  /// 502: a process behind this one answered nonsense or refused.
  public static Refusal badGateway(String code, String message) {
    return new Refusal(HttpStatus.BAD_GATEWAY, code, message, Optional.empty());
  }

  public HttpStatus status() {
    return status;
  }

  /// The header `Retry-After`: whole seconds, at least one.
  public Optional<String> retryAfter() {
    return retryAfter.map(it -> Long.toString(Math.max(1, it.plusMillis(999).toSeconds())));
  }

  public ErrorBody body() {
    return new ErrorBody(new ErrorBody.Detail(code, text, field));
  }
}
