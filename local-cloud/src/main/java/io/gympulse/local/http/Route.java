package io.gympulse.local.http;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A route of an HTTP API to a function.
///
/// @param method upper case
/// @param path segments beginning with `/`; one in braces matches any segment, for example
///     `/devices/{id}`
public record Route(
    String method,
    String path,
    RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {

  public Route {
    if (!method.matches("[A-Z]+") || !path.matches("(/([A-Za-z0-9._-]+|\\{[a-zA-Z]+}))+")) {
      throw new IllegalArgumentException("no route: %s %s".formatted(method, path));
    }
  }

  /// The path parameters, if the path matches.
  ///
  /// @param segments of a request's path, decoded
  Optional<Map<String, String>> match(List<String> segments) {
    List<String> pattern = segments(path);
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> parts = new HashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String expected = pattern.get(i);
      if (expected.startsWith("{")) {
        parts.put(expected.substring(1, expected.length() - 1), segments.get(i));
      } else if (!expected.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parts);
  }

  static List<String> segments(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }

  /// The route key, such as `GET /devices/{id}`.
  String key() {
    return method + " " + path;
  }
}
