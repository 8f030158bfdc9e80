package io.gympulse.edge.sensing.gpio;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import com.pi4j.io.gpio.digital.PullResistance;
import io.gympulse.contract.floorplan.GpioPull;
import io.gympulse.contract.floorplan.SensorSource.Gpio;
import io.gympulse.contract.id.SensorId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Pi4J context with an input for each sensor.
final class AttachedInputs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttachedInputs.class);

  private final Context context;
  private final Map<SensorId, DigitalInput> inputs = new HashMap<>();

  private AttachedInputs(Context context) {
    this.context = context;
  }

  /// @param changed hears of every change, on the library's threads
  static AttachedInputs open(
      Context context,
      Map<SensorId, Gpio> sensors,
      BiConsumer<SensorId, DigitalStateChangeEvent<?>> changed) {
    AttachedInputs attached = new AttachedInputs(context);
    try {
      sensors.forEach(
          (id, gpio) -> {
            DigitalInput input = context.create(configuration(context, id, gpio));
            input.addListener(event -> changed.accept(id, event));
            attached.inputs.put(id, input);
          });
      return attached;
    } catch (RuntimeException | LinkageError e) {
      attached.close();
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

  /// @throws RuntimeException if not all lines are had
  void requireLevels() {
    inputs.values().forEach(DigitalInput::state);
  }

  void forEach(BiConsumer<SensorId, DigitalInput> action) {
    inputs.forEach(action);
  }

  /// Gives the lines back.
  @Override
  public void close() {
    try {
      context.shutdown();
    } catch (RuntimeException e) {
      LOG.warn("GPIO lines were not given back: {}", e.getMessage());
    }
  }
}
