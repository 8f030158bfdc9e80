package io.gympulse.contract.floorplan;

import java.time.Duration;
import java.util.Optional;

/// Where a sensor's readings come from.
public sealed interface SensorSource {

  /// A topic on the gym's own broker.
  ///
  /// @param property the field of the JSON payload that holds the reading
  /// @param activeWhen the reading that means "somebody is there": a door contact closes, so its
  ///     `contact` may mean so when false
  record Mqtt(MqttFormat format, String topic, String property, boolean activeWhen)
      implements SensorSource {
    public Mqtt {
      if (topic.isBlank() || topic.contains("+") || topic.contains("#")) {
        throw new IllegalArgumentException("topic '%s' is blank or a filter".formatted(topic));
      }
      if (property.isBlank()) {
        throw new IllegalArgumentException("the payload's property is blank");
      }
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

    /// Where the line is, for people.
    public String place() {
      return chip.map(it -> "line %d of GPIO chip '%s'".formatted(line, it))
          .orElseGet(() -> "line %d of the GPIO header".formatted(line));
    }
  }
}
