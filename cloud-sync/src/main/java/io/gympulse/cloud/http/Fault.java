package io.gympulse.cloud.http;

import io.gympulse.contract.text.UnicodeText;
import java.util.Optional;

/// What is wrong with a request, in words for whoever has to mend it.
///
/// @param status the HTTP status, 400 to 599
/// @param code stable, lower case with underscores, for programs
/// @param message for people
/// @param field the parameter, header or body field to mend, where there is one
public record Fault(int status, String code, String message, Optional<String> field) {
  private static final int MAX_MESSAGE_CHARS = 300;

  /// A message may quote what was sent, and what was sent may be long.
  public Fault {
    message = UnicodeText.abridged(message, MAX_MESSAGE_CHARS);
  }

  /// 400, naming the field.
  public static Fault invalid(String field, String message) {
    return new Fault(400, "invalid_field", message, Optional.of(field));
  }

  /// 400: the body is not what it should be as a whole.
  public static Fault malformed(String message) {
    return new Fault(400, "malformed", message, Optional.empty());
  }

  /// 413.
  public static Fault tooLarge(int limit) {
    return new Fault(
        413,
        "request_entity_too_large",
        "the body has more than %d bytes; send it in parts".formatted(limit),
        Optional.empty());
  }

  /// 503: it may be sent again later.
  public static Fault unavailable(String message) {
    return new Fault(503, "store_unavailable", message, Optional.empty());
  }

  /// 500: a fault of ours, which the log tells of.
  public static Fault internal() {
    return new Fault(500, "internal_server_error", "Internal Server Error", Optional.empty());
  }
}
