package io.gympulse.local.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// What a request is answered.
public sealed interface HttpReply {

  int status();

  Map<String, String> headers();

  /// An answer that is complete.
  final class Whole implements HttpReply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    public Whole(int status, Map<String, String> headers, byte[] body) {
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

  /// An answer that is written as it comes to be, with status 200.
  ///
  /// @param body writes it, on a thread of its own; a write waits until the client has taken what
  ///     was written before, and fails with an [IOException] when the client is gone
  record Streamed(Map<String, String> headers, Writer body) implements HttpReply {
    public Streamed {
      headers = Map.copyOf(headers);
    }

    @Override
    public int status() {
      return 200;
    }
  }

  /// Writes a streamed answer; interrupted when the server stops.
  interface Writer {
    void writeTo(OutputStream out) throws IOException, InterruptedException;
  }

  /// JSON with a line end.
  static Whole json(int status, String json) {
    return new Whole(
        status,
        Map.of("Content-Type", "application/json"),
        (json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// The answer with another header.
  static Whole with(Whole reply, String name, String value) {
    Map<String, String> headers = new HashMap<>(reply.headers());
    headers.put(name, value);
    return new Whole(reply.status(), headers, reply.body());
  }
}
