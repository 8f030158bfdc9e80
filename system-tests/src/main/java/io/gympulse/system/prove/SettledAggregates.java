package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Waits until aggregation has nothing left to do.
final class SettledAggregates {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private SettledAggregates() {}

  /// @param health of the cloud
  /// @param until up to where, on the cloud's clock, every gateway must have vouched
  /// @return whether it came to that within five minutes
  static boolean await(URI health, Instant until) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (isSettled(health, until)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return false;
  }

  private static boolean isSettled(URI health, Instant until) {
    try (InputStream body = health.toURL().openStream()) {
      JsonNode aggregates = JSON.readTree(body).path("aggregates");
      return aggregates.path("dueWindows").asInt(-1) == 0
          && aggregates.hasNonNull("coveredTo")
          && !Instant.parse(aggregates.path("coveredTo").asText()).isBefore(until);
    } catch (IOException e) {
      return false;
    }
  }
}
