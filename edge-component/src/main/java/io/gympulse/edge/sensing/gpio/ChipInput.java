package io.gympulse.edge.sensing.gpio;

import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import java.time.Duration;

/// One line of a chip as a Pi4J input.
///
/// Its listeners are notified of [DigitalState#UNKNOWN] when the line is lost; [#state] then throws
/// the reason.
final class ChipInput extends DigitalInputBase {
  private final ChipInputProvider chip;
  private volatile LineState lineState = new LineState.NotRequested();

  private sealed interface LineState {
    record NotRequested() implements LineState {}

    record Level(DigitalState state) implements LineState {}

    record Lost(String reason) implements LineState {}
  }

  /// A change of state with its time.
  static final class TimedStateChange extends DigitalStateChangeEvent<DigitalInput> {
    private final Duration age;

    TimedStateChange(DigitalInput input, DigitalState state, Duration age) {
      super(input, state);
      this.age = age;
    }

    /// How long before the notification the line changed; never negative.
    Duration age() {
      return age;
    }
  }

  ChipInput(ChipInputProvider chip, DigitalInputConfig config) {
    super(chip, config);
    this.chip = chip;
  }

  /// The line's last known level. The first call requests the lines of all inputs.
  ///
  /// @throws IOException if the lines cannot be requested or are lost
  @Override
  public DigitalState state() {
    if (lineState instanceof LineState.NotRequested) {
      chip.requestLines();
    }
    return switch (lineState) {
      case LineState.NotRequested _ -> DigitalState.UNKNOWN;
      case LineState.Level(DigitalState state) -> state;
      case LineState.Lost(String reason) -> throw new IOException(reason);
    };
  }

  void level(boolean high, Duration age) {
    DigitalState state = DigitalState.getState(high);
    lineState = new LineState.Level(state);
    dispatch(new TimedStateChange(this, state, age));
  }

  void lost(String reason) {
    lineState = new LineState.Lost(reason);
    dispatch(new TimedStateChange(this, DigitalState.UNKNOWN, Duration.ZERO));
  }
}
