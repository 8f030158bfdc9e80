package io.gympulse.local.http;

import io.gympulse.cloud.http.ApiError;
import io.gympulse.cloud.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A response to a request.
public sealed interface ServerResponse {

  int status();

  Map<String, String> headers();

  /// A response with its whole body.
  final class Complete implements ServerResponse {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    public Complete(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = Map.copyOf(headers);
      this.body = body;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public Map<String, String> headers() {
      return headers;
    }

    public byte[] body() {
      return body;
    }
  }

  /// A response that is written while it is produced, with status 200.
  ///
  /// @param body writes it, on a virtual thread; a write blocks until the client has received the
  ///     data before, and throws an [IOException] if the client has disconnected
  record Streamed(Map<String, String> headers, Writer body) implements ServerResponse {
    public Streamed {
      headers = Map.copyOf(headers);
    }

    @Override
    public int status() {
      return 200;
    }
  }

  /// Writes a streamed response; interrupted when the server stops.
  interface Writer {
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  static Complete of(ApiError fault) {
    Response answer = Response.of(fault);
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.put("Content-Type", answer.contentType());
    return new Complete(answer.status(), headers, answer.body().getBytes(StandardCharsets.UTF_8));
  }

  /// JSON, with a line end appended.
  static Complete json(int status, String json) {
    return new Complete(
        status,
        Map.of("Content-Type", "application/json"),
        (json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// The response with an additional header.
  static Complete with(Complete response, String name, String value) {
    Map<String, String> headers = new HashMap<>(response.headers());
    headers.put(name, value);
    return new Complete(response.status(), headers, response.body());
  }
}
