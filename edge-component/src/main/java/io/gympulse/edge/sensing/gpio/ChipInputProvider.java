package io.gympulse.edge.sensing.gpio;

import com.pi4j.context.Context;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.PullResistance;
import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.edge.sensing.gpio.line.GpioChips.LineException;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import io.gympulse.edge.sensing.gpio.line.LineRequest;
import io.gympulse.edge.sensing.gpio.line.LineRequest.LineSettings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Inputs on the lines of one chip, for one Pi4J context.
///
/// The kernel grants up to 64 lines per request, so lines are requested not when an input is
/// created but when the state of the first one is read. They are released when the context is shut
/// down. Safe for several threads, unless a listener shuts the context down.
final class ChipInputProvider extends DigitalInputProviderBase {
  private final LineReader reader;
  private final Optional<GpioChip> chip;
  private final Map<Integer, ChipInput> pending = new HashMap<>();
  private final List<LineReader.Registration> registrations = new ArrayList<>();

  /// @param chip empty for the chip of the machine's own header
  ChipInputProvider(LineReader reader, Optional<GpioChip> chip) {
    super("gympulse-digital-input", "GymPulse digital inputs");
    this.reader = reader;
    this.chip = chip;
  }

  @Override
  public synchronized DigitalInput create(DigitalInputConfig config) {
    ChipInput input = new ChipInput(this, config);
    context.registry().add(input);
    pending.put(config.address(), input);
    return input;
  }

  /// @throws IOException if lines cannot be requested; the next call tries again
  synchronized void requestLines() {
    List<LineSettings> settings =
        pending.values().stream().map(it -> settings(it.config())).toList();
    for (LineRequest request : LineRequest.of(chip, settings)) {
      Map<Integer, ChipInput> inputs = new HashMap<>();
      request.lines().forEach(it -> inputs.put(it.line(), pending.get(it.line())));
      try {
        registrations.add(reader.register(request, new InputUpdater(Map.copyOf(inputs))));
      } catch (LineException e) {
        throw new IOException(String.valueOf(e.getMessage()), e);
      }
      pending.keySet().removeAll(inputs.keySet());
    }
  }

  private static LineSettings settings(DigitalInputConfig config) {
    Long micros = config.debounce();
    return new LineSettings(
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
    registrations.forEach(LineReader.Registration::close);
    registrations.clear();
    pending.clear();
    return super.shutdown(context);
  }

  private record InputUpdater(Map<Integer, ChipInput> inputs) implements LineReader.Listener {
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
