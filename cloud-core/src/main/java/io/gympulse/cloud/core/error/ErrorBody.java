package io.gympulse.cloud.core.error;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// The error format of the HTTP APIs and the stream: `{"error":{"code","message","field"?}}`.
public final class ErrorBody {
  private ErrorBody() {}

  public static String encode(String code, String message, Optional<String> field) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("error", json(code, message, field));
    return body.toString();
  }

  /// The object `{"code","message","field"?}` alone.
  public static ObjectNode json(String code, String message, Optional<String> field) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.put("code", code).put("message", message);
    field.ifPresent(it -> error.put("field", it));
    return error;
  }
}
