package io.gympulse.bench.latency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Joins sensors' messages with the frames that they lead to, by machine and status. Safe for any
/// number of threads.
public final class AwaitedFrames {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Deque<Long>> published = new HashMap<>();
  private final Samples arrived = new Samples();
  private int awaited;

  /// A message is published.
  ///
  /// @param status what the frame will say
  /// @param at monotonic nanoseconds
  public synchronized void publish(String machine, String status, long at) {
    published.computeIfAbsent(machine + " " + status, _ -> new ArrayDeque<>()).add(at);
    awaited++;
  }

  /// A machine update arrived. One that nothing was published for is ignored.
  ///
  /// @param at monotonic nanoseconds
  public synchronized void frame(String json, long at) {
    JsonNode frame;
    try {
      frame = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a frame that is not JSON: " + json, e);
    }
    String key = frame.path("machineId").asText() + " " + frame.path("status").asText();
    Deque<Long> since = published.get(key);
    @Nullable Long first = since == null ? null : since.poll();
    if (first != null) {
      arrived.add(at - first);
      awaited--;
    }
  }

  /// How many messages have led to no frame.
  public synchronized int awaited() {
    return awaited;
  }

  /// The times of those that did; to be used when no more frames come.
  public synchronized Samples arrived() {
    return arrived;
  }
}
