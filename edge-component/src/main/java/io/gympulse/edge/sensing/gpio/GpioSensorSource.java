package io.gympulse.edge.sensing.gpio;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import io.gympulse.contract.floorplan.SensorSource.Gpio;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.ReportedStatus;
import io.gympulse.edge.sensing.SensorListener;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SensorSource;
import io.gympulse.edge.sensing.SourceStatus;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sensors on GPIO lines. An active-high line is pulled down, an active-low one up.
///
/// The library may drop edges when many come at once, so each line's level is read again every 5 s;
/// a repeated level is harmless. If the lines cannot be had, they are tried again after 30 s.
public final class GpioSensorSource implements SensorSource {
  private static final Logger LOG = LoggerFactory.getLogger(GpioSensorSource.class);
  private static final long ROUND_SECONDS = 5;
  private static final int ROUNDS_TO_SIT_OUT = 5;

  private final Map<SensorId, Gpio> sensors;
  private final Supplier<Context> contexts;
  private final InstantSource clock;
  private final ReportedStatus status = new ReportedStatus();
  private final Map<SensorId, DigitalInput> inputs = new HashMap<>();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("gpio").factory());
  // Touched by the one thread only.
  private Optional<Context> context = Optional.empty();
  private int sitOut;

  /// @param contexts gives a new context; called again after a failure
  public GpioSensorSource(
      Map<SensorId, Gpio> sensors, Supplier<Context> contexts, InstantSource clock) {
    this.sensors = Map.copyOf(sensors);
    this.contexts = contexts;
    this.clock = clock;
  }

  /// The lines of this machine, by the kernel's GPIO character device.
  public static Context header() {
    return Pi4J.newContextBuilder()
        .add(GpioDDigitalInputProvider.newInstance())
        .disableShutdownHook()
        .build();
  }

  @Override
  public Set<SensorId> sensors() {
    return sensors.keySet();
  }

  @Override
  public SourceStatus status() {
    return status.get();
  }

  @Override
  public void start(SensorListener listener) {
    var _ =
        rounds.scheduleWithFixedDelay(() -> round(listener), 0, ROUND_SECONDS, TimeUnit.SECONDS);
  }

  /// Whatever goes wrong with the library or the hardware ends this round only.
  private void round(SensorListener listener) {
    if (sitOut > 0) {
      sitOut--;
      return;
    }
    try {
      if (context.isEmpty()) {
        attach(listener);
      }
      inputs.forEach((id, input) -> told(id, input.state(), listener));
      report(new SourceStatus.Running(), listener);
    } catch (RuntimeException | LinkageError e) {
      report(new SourceStatus.Failing(String.valueOf(e.getMessage())), listener);
      detach();
      sitOut = ROUNDS_TO_SIT_OUT;
    }
  }

  private void attach(SensorListener listener) {
    Context opened = contexts.get();
    context = Optional.of(opened);
    sensors.forEach(
        (id, gpio) -> {
          DigitalInput input =
              opened.create(
                  DigitalInput.newConfigBuilder(opened)
                      .id(id.value())
                      .address(gpio.line())
                      .pull(gpio.activeHigh() ? PullResistance.PULL_DOWN : PullResistance.PULL_UP)
                      .build());
          input.addListener(event -> told(id, event.state(), listener));
          inputs.put(id, input);
        });
  }

  private void told(SensorId id, DigitalState state, SensorListener listener) {
    Gpio gpio = sensors.get(id);
    if (gpio != null && state != DigitalState.UNKNOWN) {
      boolean active = state.isHigh() == gpio.activeHigh();
      listener.reading(new SensorReading(id, active, clock.instant()));
    }
  }

  private void report(SourceStatus changed, SensorListener listener) {
    if (status.change(changed, listener)) {
      LOG.info("GPIO lines: {}", changed);
    }
  }

  private void detach() {
    inputs.clear();
    try {
      context.ifPresent(Context::shutdown);
    } catch (RuntimeException e) {
      LOG.warn("GPIO lines were not given back: {}", e.getMessage());
    }
    context = Optional.empty();
  }

  @Override
  public void close() {
    if (!rounds.isShutdown()) {
      rounds.execute(this::detach);
      rounds.shutdown();
    }
  }
}
