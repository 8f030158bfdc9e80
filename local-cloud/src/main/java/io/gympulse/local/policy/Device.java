package io.gympulse.local.policy;

import java.util.Map;

/// Who asks: the values that policy variables stand for.
///
/// @param clientId the MQTT client identifier of the connection
/// @param thingName the thing that the connection's certificate belongs to
/// @param attributes the thing's attributes
public record Device(String clientId, String thingName, Map<String, String> attributes) {

  public Device {
    attributes = Map.copyOf(attributes);
  }
}
