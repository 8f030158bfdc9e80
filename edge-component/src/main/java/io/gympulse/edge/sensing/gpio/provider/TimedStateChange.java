package io.gympulse.edge.sensing.gpio.provider;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import java.time.Duration;

/// A change of state that knows when it happened.
public final class TimedStateChange extends DigitalStateChangeEvent<DigitalInput> {
  private final Duration age;

  TimedStateChange(DigitalInput input, DigitalState state, Duration age) {
    super(input, state);
    this.age = age;
  }

  /// How long before the event was told the line changed; never negative.
  public Duration age() {
    return age;
  }
}
