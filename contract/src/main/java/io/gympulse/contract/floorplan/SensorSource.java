package io.gympulse.contract.floorplan;

import io.gympulse.contract.mqtt.LevelMapping;
import io.gympulse.contract.mqtt.LevelWords;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.Place;
import io.gympulse.contract.mqtt.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where a sensor's readings come from.
public sealed interface SensorSource {

  /// Whether the sensor surely says when an activity ends, so that what it said last still holds,
  /// however long ago that was. Without that, a sensor may be one that tells no more than that
  /// something happened.
  boolean tellsEnd();

  /// A device that publishes to the gym's own broker.
  ///
  /// @param preset the family of devices that the mapping started from
  record Mqtt(MqttPreset preset, MqttMapping mapping) implements SensorSource {

    /// So it is if the preset's devices do, and the mapping knows the word for it.
    @Override
    public boolean tellsEnd() {
      return preset.tellsEnd() && mapping.level().words().canBeInactive();
    }

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

  /// A line of a GPIO chip.
  ///
  /// @param chip none for the chip of the gateway's own header
  /// @param line the line's offset on its chip; on a header, its BCM number
  /// @param debounce how long a level must hold until the kernel reports it, in whole milliseconds
  ///     up to 1 s; a pulse that is shorter goes unseen
  record Gpio(
      Optional<GpioChip> chip, int line, GpioPull pull, boolean activeHigh, Duration debounce)
      implements SensorSource {
    /// Longer than most contacts bounce, shorter than anybody touches a machine.
    public static final Duration USUAL_DEBOUNCE = Duration.ofMillis(5);

    private static final Duration LONGEST_DEBOUNCE = Duration.ofSeconds(1);

    public Gpio {
      if (line < 0 || line > 511) {
        throw new IllegalArgumentException("GPIO line %d is not in 0 to 511".formatted(line));
      }
      if (debounce.isNegative() || debounce.compareTo(LONGEST_DEBOUNCE) > 0) {
        throw new IllegalArgumentException(
            "debounce %d ms is not in 0 to 1000".formatted(debounce.toMillis()));
      }
    }

    /// A line of the header, held inactive by its pull while nothing drives it.
    public Gpio(int line, boolean activeHigh) {
      this(Optional.empty(), line, GpioPull.restingAt(activeHigh), activeHigh, USUAL_DEBOUNCE);
    }

    /// A line has a level at any time.
    @Override
    public boolean tellsEnd() {
      return true;
    }

    /// Where the line is, for people.
    public String place() {
      return chip.map(it -> "line %d of GPIO chip '%s'".formatted(line, it))
          .orElseGet(() -> "line %d of the GPIO header".formatted(line));
    }
  }
}
