package io.gympulse.cloud.core.broadcast;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// `{"action":"subscribe","gym","category","machine"}`, all but the action optional; other fields
/// are ignored.
public final class SubscribeFrame {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SubscribeFrame() {}

  /// A frame's action; empty if it has none, or is no JSON.
  static String action(String frame) {
    try {
      return JSON.readTree(frame).path("action").asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  public static SubscriptionRequest read(String frame) {
    try {
      JsonNode node = JSON.readTree(frame);
      if (!node.isObject()) {
        return new SubscriptionRequest.Refused("body", "a frame is to be a JSON object");
      }
      for (String field : new String[] {"gym", "category", "machine"}) {
        if (node.has(field) && !node.get(field).isTextual() && !node.get(field).isNull()) {
          return new SubscriptionRequest.Refused(field, field + " is to be text");
        }
      }
      return SubscriptionRequest.of(
          field -> field.equals("user") ? null : node.path(field).textValue());
    } catch (JsonProcessingException e) {
      return new SubscriptionRequest.Refused("body", "a frame is to be JSON");
    }
  }
}
