package io.gympulse.contract.floorplan;

import io.gympulse.contract.mqtt.LevelRule;
import io.gympulse.contract.mqtt.LevelRule.Words;
import io.gympulse.contract.mqtt.MqttMapping;
import io.gympulse.contract.mqtt.MqttMapping.LevelMapping;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.MqttPreset.Kind;
import io.gympulse.contract.mqtt.ReadingRequest;
import io.gympulse.contract.mqtt.Selection;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.contract.mqtt.ValueLocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a sensor's readings reach the gateway, as a floor plan says it.
public sealed interface SourceConfig {

  /// Whether the sensor always reports the end of an activity, so that its last report stays valid
  /// however old it is. If not, the sensor may be one that only reports that something happened.
  boolean reportsEnd();

  /// A device that publishes to the gym's own broker.
  ///
  /// @param preset the family of devices that the mapping started from
  /// @param mayAsk whether the gateway may ask the device for its readings
  record Mqtt(MqttPreset preset, MqttMapping mapping, boolean mayAsk) implements SourceConfig {

    /// A device that the gateway may ask.
    public Mqtt(MqttPreset preset, MqttMapping mapping) {
      this(preset, mapping, true);
    }

    /// How the device can be asked for its readings; empty if it cannot or may not.
    public Optional<ReadingRequest> request() {
      return mayAsk ? preset.request(mapping) : Optional.empty();
    }

    /// True if the preset's devices do, and the mapping has a value for it.
    @Override
    public boolean reportsEnd() {
      return preset.reportsEnd() && mapping.level().rule().canBeInactive();
    }

    /// A device with the preset's mapping, without availability.
    ///
    /// @param activeWhen the value of the property that means active: a door contact may be active
    ///     when its `contact` is false
    /// @throws IllegalArgumentException if the preset is [MqttPreset#CUSTOM], or the property blank
    public static Mqtt of(
        MqttPreset preset, TopicFilter topic, String property, boolean activeWhen) {
      if (property.isBlank()) {
        throw new IllegalArgumentException("the payload's property is blank");
      }
      Optional<ValueLocation> location = preset.location(Kind.STATE, Optional.of(property));
      Optional<LevelRule> rule = preset.levelRule(Kind.STATE);
      if (location.isEmpty() || !(rule.orElse(null) instanceof Words words)) {
        throw new IllegalArgumentException("preset %s has no mapping".formatted(preset.wireName()));
      }
      LevelMapping level =
          new LevelMapping(
              location.get(),
              preset.missing(),
              activeWhen ? words : words.inverted(),
              preset.ignored(),
              preset.unavailable());
      return new Mqtt(
          preset, new MqttMapping(topic, Selection.ALL, level, Optional.empty(), List.of()));
    }
  }

  /// A GPIO chip by its name (`gpiochip0`) or by its label. Names number chips in the order in
  /// which the kernel detected them, which an added expander may change; labels are stable.
  ///
  /// @param value 1 to 31 bytes, the kernel's limit
  record GpioChip(String value) {
    private static final int LONGEST = 31;

    public GpioChip {
      if (value.isBlank() || value.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
        throw new IllegalArgumentException(
            "GPIO chip '%s' is not of 1 to %d bytes".formatted(value, LONGEST));
      }
      if (value.startsWith("/dev/")) {
        throw new IllegalArgumentException(
            "GPIO chip '%s' is a path; give its name, such as gpiochip0, or label"
                .formatted(value));
      }
    }

    @Override
    public String toString() {
      return value;
    }
  }

  /// The bias resistor inside a GPIO chip, which gives a line its level while nothing drives it.
  enum GpioPull {
    UP,
    DOWN,
    /// None: the wiring has its own resistor, or drives the line both ways.
    OFF;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /// The name used in floor-plan files.
    public String wireName() {
      return wireName;
    }

    public static Optional<GpioPull> ofWireName(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }

    /// The pull that holds a line inactive while nothing drives it.
    public static GpioPull restingAt(boolean activeHigh) {
      return activeHigh ? DOWN : UP;
    }
  }

  /// A line of a GPIO chip.
  ///
  /// @param chip empty for the chip of the gateway's own header
  /// @param line the line's offset on its chip; on a header, its BCM number
  /// @param debounce how long a level must hold until the kernel reports it, in whole milliseconds
  ///     up to 1 s; a shorter pulse is not detected
  record Gpio(
      Optional<GpioChip> chip, int line, GpioPull pull, boolean activeHigh, Duration debounce)
      implements SourceConfig {
    /// Longer than most contacts bounce, shorter than any use of a machine.
    public static final Duration USUAL_DEBOUNCE = Duration.ofMillis(5);

    static final int MAX_LINE = 511;
    static final int MAX_DEBOUNCE_MS = 1_000;

    public Gpio {
      if (line < 0 || line > MAX_LINE) {
        throw new IllegalArgumentException(
            "GPIO line %d is not in 0 to %d".formatted(line, MAX_LINE));
      }
      if (debounce.isNegative() || debounce.compareTo(Duration.ofMillis(MAX_DEBOUNCE_MS)) > 0) {
        throw new IllegalArgumentException(
            "debounce %d ms is not in 0 to %d".formatted(debounce.toMillis(), MAX_DEBOUNCE_MS));
      }
    }

    /// A line of the header whose pull makes it inactive while nothing drives it.
    public Gpio(int line, boolean activeHigh) {
      this(Optional.empty(), line, GpioPull.restingAt(activeHigh), activeHigh, USUAL_DEBOUNCE);
    }

    /// Always, as a line has a level at any time.
    @Override
    public boolean reportsEnd() {
      return true;
    }

    /// The line in words, for messages.
    public String description() {
      return chip.map(it -> "line %d of GPIO chip '%s'".formatted(line, it))
          .orElseGet(() -> "line %d of the GPIO header".formatted(line));
    }
  }
}
