package io.gympulse.edge.sensing.gpio;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.gpio.digital.PullResistance;
import io.gympulse.contract.floorplan.SourceConfig.Gpio;
import io.gympulse.contract.floorplan.SourceConfig.GpioPull;
import io.gympulse.contract.id.SensorId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Pi4J context with an input for each sensor.
final class Pi4jInputs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pi4jInputs.class);

  private final Context context;
  private final Map<SensorId, DigitalInput> inputs = new HashMap<>();

  private Pi4jInputs(Context context) {
    this.context = context;
  }

  /// @param listener is notified of every change, on the library's threads
  static Pi4jInputs open(
      Context context,
      Map<SensorId, Gpio> sensors,
      BiConsumer<SensorId, DigitalStateChangeEvent<?>> listener) {
    Pi4jInputs opened = new Pi4jInputs(context);
    try {
      sensors.forEach(
          (id, gpio) -> {
            DigitalInput input = context.create(configuration(context, id, gpio));
            input.addListener(event -> listener.accept(id, event));
            opened.inputs.put(id, input);
          });
      return opened;
    } catch (RuntimeException | LinkageError e) {
      opened.close();
      throw e;
    }
  }

  private static DigitalInputConfig configuration(Context context, SensorId id, Gpio gpio) {
    return DigitalInput.newConfigBuilder(context)
        .id(id.value())
        .address(gpio.line())
        .pull(pull(gpio.pull()))
        .debounce(gpio.debounce().toMillis(), TimeUnit.MILLISECONDS)
        .build();
  }

  private static PullResistance pull(GpioPull pull) {
    return switch (pull) {
      case UP -> PullResistance.PULL_UP;
      case DOWN -> PullResistance.PULL_DOWN;
      case OFF -> PullResistance.OFF;
    };
  }

  /// @throws RuntimeException if a line cannot be requested or is lost
  void requireLevels() {
    inputs.values().forEach(DigitalInput::state);
  }

  void forEach(BiConsumer<SensorId, DigitalInput> action) {
    inputs.forEach(action);
  }

  /// Releases the lines.
  @Override
  public void close() {
    try {
      context.shutdown();
    } catch (RuntimeException e) {
      LOG.warn("releasing GPIO lines failed: {}", e.getMessage());
    }
  }
}
