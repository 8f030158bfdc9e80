package io.gympulse.edge.sensing.gpio.provider;

import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import java.time.Duration;

/// One line of a chip as a Pi4J input.
///
/// Its listeners hear [DigitalState#UNKNOWN] when the line is lost; [#state] then says why.
final class ChipInput extends DigitalInputBase {
  private final ChipInputProvider chip;
  private volatile Knowledge knowledge = new Knowledge.Nothing();

  private sealed interface Knowledge {
    record Nothing() implements Knowledge {}

    record Level(DigitalState state) implements Knowledge {}

    record Lost(String reason) implements Knowledge {}
  }

  ChipInput(ChipInputProvider chip, DigitalInputConfig config) {
    super(chip, config);
    this.chip = chip;
  }

  /// The line's last known level; the first call takes the provider's lines.
  ///
  /// @throws IOException if the lines cannot be had or are lost
  @Override
  public DigitalState state() {
    if (knowledge instanceof Knowledge.Nothing) {
      chip.takeLines();
    }
    return switch (knowledge) {
      case Knowledge.Nothing _ -> DigitalState.UNKNOWN;
      case Knowledge.Level(DigitalState state) -> state;
      case Knowledge.Lost(String reason) -> throw new IOException(reason);
    };
  }

  void level(boolean high, Duration age) {
    DigitalState state = DigitalState.getState(high);
    knowledge = new Knowledge.Level(state);
    dispatch(new TimedStateChange(this, state, age));
  }

  void lost(String reason) {
    knowledge = new Knowledge.Lost(reason);
    dispatch(new TimedStateChange(this, DigitalState.UNKNOWN, Duration.ZERO));
  }
}
