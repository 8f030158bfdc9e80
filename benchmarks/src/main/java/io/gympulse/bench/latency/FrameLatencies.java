package io.gympulse.bench.latency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Matches sensors' messages with the resulting frames, by machine and status, and measures the
/// latencies. Safe for any number of threads.
public final class FrameLatencies {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Deque<Long>> pending = new HashMap<>();
  private final Samples latencies = new Samples();
  private int missing;

  /// Adds a message that is about to be published.
  ///
  /// @param status of the expected frame
  /// @param at monotonic nanoseconds
  public synchronized void published(String machine, String status, long at) {
    pending.computeIfAbsent(machine + " " + status, _ -> new ArrayDeque<>()).add(at);
    missing++;
  }

  /// Adds an arrived machine update; ignored if no message is waiting for it.
  ///
  /// @param at monotonic nanoseconds
  public synchronized void arrived(String json, long at) {
    JsonNode frame;
    try {
      frame = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a frame is not JSON: " + json, e);
    }
    String key = frame.path("machineId").asText() + " " + frame.path("status").asText();
    Deque<Long> since = pending.get(key);
    @Nullable Long first = since == null ? null : since.poll();
    if (first != null) {
      latencies.add(at - first);
      missing--;
    }
  }

  /// How many messages have no frame yet.
  public synchronized int missing() {
    return missing;
  }

  /// The latencies; to be read when no more frames arrive.
  public synchronized Samples latencies() {
    return latencies;
  }
}
