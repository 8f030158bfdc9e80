package io.gympulse.system.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A WebSocket client of an API process, as a member's page has it: records whether the feed is up,
/// and when each change of a machine arrived. Thread-safe.
final class MemberPage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long TIMEOUT_SECONDS = 30;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Boolean> feed = new CopyOnWriteArrayList<>();
  private final Map<Long, Long> arrivals = new ConcurrentHashMap<>();

  MemberPage(int port) throws Exception {
    URI stream = URI.create("ws://127.0.0.1:%d/stream".formatted(port));
    var _ =
        client
            .newWebSocketBuilder()
            .buildAsync(stream, new Frames())
            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /// The feed's status now.
  boolean isFeedUp() {
    return !feed.isEmpty() && feed.getLast();
  }

  /// When the first frame of a change arrived, by `System.nanoTime`.
  ///
  /// @param since the change's time, epoch seconds
  OptionalLong arrival(long since) {
    Long arrived = arrivals.get(since);
    return arrived == null ? OptionalLong.empty() : OptionalLong.of(arrived);
  }

  private void received(String text) throws JsonProcessingException {
    long now = System.nanoTime();
    JsonNode frame = JSON.readTree(text);
    switch (frame.path("type").asText()) {
      case "feed" -> feed.add(frame.path("status").asText().equals("up"));
      case "machine_update" -> arrivals.putIfAbsent(frame.path("lastChange").asLong(), now);
      default -> {}
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private final class Frames implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          received(text.toString());
        } catch (JsonProcessingException e) {
          throw new AssertionError("a frame that is no JSON: " + text, e);
        }
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
