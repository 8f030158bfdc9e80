package io.gympulse.cloud.core.broadcast;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// The API's one error format: `{"error":{"code","message","field"?}}`.
public final class ErrorBody {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ErrorBody() {}

  public static String encode(String code, String message, Optional<String> field) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode error = body.putObject("error").put("code", code).put("message", message);
    field.ifPresent(it -> error.put("field", it));
    return body.toString();
  }
}
