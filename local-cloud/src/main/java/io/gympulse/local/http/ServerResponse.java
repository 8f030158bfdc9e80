package io.gympulse.local.http;

import io.gympulse.cloud.http.ApiError;
import io.gympulse.cloud.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A response to a request. Immutable, but for the body, which is not copied.
public final class ServerResponse {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  public ServerResponse(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return body;
  }

  /// The response to a request that is rejected or has failed.
  public static ServerResponse of(ApiError fault) {
    Response answer = Response.of(fault);
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.put("Content-Type", answer.contentType());
    return new ServerResponse(
        answer.status(), headers, answer.body().getBytes(StandardCharsets.UTF_8));
  }

  /// 405, naming the methods that the path has.
  public static ServerResponse methodNotAllowed(String... allowed) {
    return of(new ApiError(
            405, "method_not_allowed", "use " + String.join(" or ", allowed), Optional.empty()))
        .with("Allow", String.join(", ", allowed));
  }

  /// JSON, with a line end appended.
  public static ServerResponse json(int status, String json) {
    return new ServerResponse(
        status,
        Map.of("Content-Type", "application/json"),
        (json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// The response with an additional header.
  public ServerResponse with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new ServerResponse(status, more, body);
  }
}
