package io.gympulse.edge.sensing.gpio.provider;

import com.pi4j.context.Context;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.PullResistance;
import io.gympulse.contract.floorplan.GpioChip;
import io.gympulse.contract.floorplan.GpioPull;
import io.gympulse.edge.sensing.gpio.line.LineException;
import io.gympulse.edge.sensing.gpio.line.LineListener;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import io.gympulse.edge.sensing.gpio.line.LineRequest;
import io.gympulse.edge.sensing.gpio.line.LineSetup;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Inputs on the lines of one chip, for one Pi4J context.
///
/// The kernel hands out up to 64 lines in one piece, so lines are taken not when an input is made
/// but when the first one is asked for its state. They are given back with the context. Safe for
/// several threads, unless a listener shuts the context down.
public final class ChipInputProvider extends DigitalInputProviderBase {
  private final LineReader reader;
  private final Optional<GpioChip> chip;
  private final Map<Integer, ChipInput> waiting = new HashMap<>();
  private final List<LineReader.Taken> taken = new ArrayList<>();

  /// @param chip none for the chip of the machine's own header
  public ChipInputProvider(LineReader reader, Optional<GpioChip> chip) {
    super("gympulse-digital-input", "GymPulse digital inputs");
    this.reader = reader;
    this.chip = chip;
  }

  @Override
  public synchronized DigitalInput create(DigitalInputConfig config) {
    ChipInput input = new ChipInput(this, config);
    context.registry().add(input);
    waiting.put(config.address(), input);
    return input;
  }

  /// @throws IOException if lines cannot be had; the next call tries again
  synchronized void takeLines() {
    List<LineSetup> setups = waiting.values().stream().map(it -> setup(it.config())).toList();
    for (LineRequest request : LineRequest.of(chip, setups)) {
      Map<Integer, ChipInput> inputs = new HashMap<>();
      request.lines().forEach(it -> inputs.put(it.line(), waiting.get(it.line())));
      try {
        taken.add(reader.take(request, new ToInputs(Map.copyOf(inputs))));
      } catch (LineException e) {
        throw new IOException(String.valueOf(e.getMessage()), e);
      }
      waiting.keySet().removeAll(inputs.keySet());
    }
  }

  private static LineSetup setup(DigitalInputConfig config) {
    Long micros = config.debounce();
    return new LineSetup(
        config.address(),
        pull(config.pull()),
        micros == null ? Duration.ZERO : Duration.of(micros, ChronoUnit.MICROS));
  }

  private static GpioPull pull(PullResistance pull) {
    return switch (pull) {
      case PULL_UP -> GpioPull.UP;
      case PULL_DOWN -> GpioPull.DOWN;
      case OFF -> GpioPull.OFF;
    };
  }

  @Override
  public synchronized DigitalInputProvider shutdown(Context context) {
    taken.forEach(LineReader.Taken::close);
    taken.clear();
    waiting.clear();
    return super.shutdown(context);
  }

  private record ToInputs(Map<Integer, ChipInput> inputs) implements LineListener {
    @Override
    public void level(int line, boolean high, Duration age) {
      ChipInput input = inputs.get(line);
      if (input != null) {
        input.level(high, age);
      }
    }

    @Override
    public void lost(LineException reason) {
      inputs.values().forEach(it -> it.lost(String.valueOf(reason.getMessage())));
    }
  }
}
