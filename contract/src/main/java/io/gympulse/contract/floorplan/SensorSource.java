package io.gympulse.contract.floorplan;

import io.gympulse.contract.mqtt.LevelMapping;
import io.gympulse.contract.mqtt.LevelWords;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.Place;
import io.gympulse.contract.mqtt.TopicFilter;
import java.util.List;
import java.util.Optional;

/// Where a sensor's readings come from.
public sealed interface SensorSource {

  /// A device that publishes to the gym's own broker.
  ///
  /// @param preset the family of devices that the mapping started from
  record Mqtt(MqttPreset preset, MqttMapping mapping) implements SensorSource {

    /// A device that writes as the preset says, without availability.
    ///
    /// @param activeWhen the reading that means "somebody is there": a door contact closes, so its
    ///     `contact` may mean so when false
    /// @throws IllegalArgumentException if the preset is [MqttPreset#CUSTOM], or the property blank
    public static Mqtt of(
        MqttPreset preset, TopicFilter topic, String property, boolean activeWhen) {
      if (property.isBlank()) {
        throw new IllegalArgumentException("the payload's property is blank");
      }
      Optional<Place> place = preset.place(Optional.of(property));
      Optional<LevelWords> words = preset.words();
      if (place.isEmpty() || words.isEmpty()) {
        throw new IllegalArgumentException("preset %s has no mapping".formatted(preset.wireName()));
      }
      LevelMapping level =
          new LevelMapping(
              place.get(), preset.missing(), activeWhen ? words.get() : words.get().inverted());
      return new Mqtt(preset, new MqttMapping(topic, level, Optional.empty(), List.of()));
    }
  }

  /// A line of the gateway's GPIO header, by its BCM number.
  record Gpio(int line, boolean activeHigh) implements SensorSource {
    public Gpio {
      if (line < 0 || line > 511) {
        throw new IllegalArgumentException("GPIO line %d is not in 0 to 511".formatted(line));
      }
    }
  }
}
