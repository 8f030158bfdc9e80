package io.gympulse.cloud.disturbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/// `SELECT *, topic() AS topic, timestamp() AS receivedAt`
final class RuleOutputs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RuleOutputs() {}

  static String selected(byte[] body, String topic, Instant receivedAt) {
    try {
      ObjectNode node = (ObjectNode) JSON.readTree(body);
      return node.put("topic", topic).put("receivedAt", receivedAt.toEpochMilli()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String selected(String body, String topic, Instant receivedAt) {
    return selected(body.getBytes(UTF_8), topic, receivedAt);
  }
}
