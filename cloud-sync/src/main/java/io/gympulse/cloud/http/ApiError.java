package io.gympulse.cloud.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.core.error.ErrorBody;
import io.gympulse.contract.text.UnicodeText;
import java.util.Optional;

/// Why a request is rejected or has failed.
///
/// @param status the HTTP status, 400 to 599
/// @param code stable, lower case with underscores, for programs
/// @param message for people
/// @param field the invalid parameter, header or body field, if there is one
public record ApiError(int status, String code, String message, Optional<String> field) {
  private static final int MAX_MESSAGE_CHARS = 300;

  /// Messages may quote the request, which may be long.
  public ApiError {
    message = UnicodeText.abridged(message, MAX_MESSAGE_CHARS);
  }

  /// 400, naming the field.
  public static ApiError invalid(String field, String message) {
    return new ApiError(400, "invalid_field", message, Optional.of(field));
  }

  /// 400: the body as a whole is invalid.
  public static ApiError malformed(String message) {
    return new ApiError(400, "malformed", message, Optional.empty());
  }

  /// 413.
  public static ApiError tooLarge(int limit) {
    return new ApiError(
        413,
        "request_entity_too_large",
        "the body has more than %d bytes; send it in parts".formatted(limit),
        Optional.empty());
  }

  /// 503: the request may be repeated later.
  public static ApiError unavailable(String message) {
    return new ApiError(503, "store_unavailable", message, Optional.empty());
  }

  /// 500: a bug; details are in the log.
  public static ApiError internal() {
    return new ApiError(500, "internal_server_error", "Internal Server Error", Optional.empty());
  }

  /// `{"code","message","field"?}`.
  public ObjectNode json() {
    return ErrorBody.json(code, message, field);
  }

  /// Rejects a request; [HttpHandler] turns it into the response. Without a stack trace, since it
  /// is no bug.
  public static final class RejectedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ApiError error;

    public RejectedException(ApiError error) {
      super(error.message(), null, false, false);
      this.error = error;
    }

    public ApiError error() {
      return error;
    }
  }
}
