package io.gympulse.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A member's WebSocket of the API, and the frames that it received.
final class MemberStream implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 20;

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();

  static MemberStream open(int port) throws InterruptedException {
    MemberStream stream = new MemberStream();
    stream
        .http
        .newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://127.0.0.1:%d/stream".formatted(port)),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                stream.frames.add(text.toString());
                return WebSocket.Listener.super.onText(socket, text, last);
              }
            })
        .join();
    stream.take("hello");
    return stream;
  }

  /// The next frame of a type; others are skipped.
  JsonNode take(String type) throws InterruptedException {
    while (true) {
      String frame = frames.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no frame of type " + type);
      }
      JsonNode read = parse(frame);
      if (read.path("type").asText().equals(type)) {
        return read;
      }
    }
  }

  private static JsonNode parse(String frame) {
    try {
      return new ObjectMapper().readTree(frame);
    } catch (JsonProcessingException e) {
      throw new AssertionError(frame, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
