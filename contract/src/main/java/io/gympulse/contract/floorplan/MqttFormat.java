package io.gympulse.contract.floorplan;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a reading is written in an MQTT payload.
public enum MqttFormat {
  ZIGBEE2MQTT,
  JSON;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name used in floor-plan files.
  public String wireName() {
    return wireName;
  }

  public static Optional<MqttFormat> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }
}
