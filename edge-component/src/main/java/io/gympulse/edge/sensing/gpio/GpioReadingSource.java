package io.gympulse.edge.sensing.gpio;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import io.gympulse.contract.floorplan.GpioChip;
import io.gympulse.contract.floorplan.SensorSource.Gpio;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.ReportedStatus;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import io.gympulse.edge.sensing.gpio.provider.ChipInputProvider;
import io.gympulse.edge.sensing.gpio.provider.TimedStateChange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sensors on the lines of one chip.
///
/// A reading is stamped with the time of its edge, as far as the provider of the inputs knows it.
/// Each line's level is told again every 5 s; a repeated level is harmless. If the lines cannot be
/// had, or are lost, nothing is told of any of them, and they are tried again after 30 s.
public final class GpioReadingSource implements ReadingSource {
  private static final Logger LOG = LoggerFactory.getLogger(GpioReadingSource.class);

  private final Map<SensorId, Gpio> sensors;
  private final Supplier<Context> contexts;
  private final InstantSource clock;
  private final Pace pace;
  private final ReportedStatus status = new ReportedStatus();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("gpio").factory());
  // Held while a level is looked at and told, so that an edge is never overtaken by an older level.
  private final Object telling = new Object();
  // Guarded by it: whether all lines are had, without which none is spoken of.
  private boolean complete;
  // Touched by the one thread only.
  private Optional<AttachedInputs> inputs = Optional.empty();
  private int sitOut;

  /// @param round between two rounds of telling levels again
  /// @param roundsToSitOut after a failure, until the next try
  record Pace(Duration round, int roundsToSitOut) {
    static final Pace USUAL = new Pace(Duration.ofSeconds(5), 5);
  }

  /// @param contexts gives a new context for these lines; called again after a failure
  GpioReadingSource(
      Map<SensorId, Gpio> sensors, Supplier<Context> contexts, InstantSource clock, Pace pace) {
    this.sensors = Map.copyOf(sensors);
    this.contexts = contexts;
    this.clock = clock;
    this.pace = pace;
  }

  /// @param sensors all on this chip
  /// @param chip none for the chip of the machine's own header
  public static GpioReadingSource on(
      Optional<GpioChip> chip,
      Map<SensorId, Gpio> sensors,
      LineReader reader,
      InstantSource clock) {
    return new GpioReadingSource(sensors, () -> context(chip, reader), clock, Pace.USUAL);
  }

  static Context context(Optional<GpioChip> chip, LineReader reader) {
    return Pi4J.newContextBuilder()
        .add(new ChipInputProvider(reader, chip))
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
  public void start(ReadingSource.Listener listener) {
    long nanos = pace.round().toNanos();
    var _ = rounds.scheduleWithFixedDelay(() -> round(listener), 0, nanos, TimeUnit.NANOSECONDS);
  }

  /// Whatever goes wrong with the library or the hardware ends this round only.
  private void round(ReadingSource.Listener listener) {
    if (sitOut > 0) {
      sitOut--;
      return;
    }
    try {
      AttachedInputs attached = inputs.orElseGet(() -> attach(listener));
      attached.requireLevels();
      complete(true);
      attached.forEach((id, input) -> tellAgain(id, input, listener));
      report(new SourceStatus.Running(), listener);
    } catch (RuntimeException | LinkageError e) {
      complete(false);
      report(new SourceStatus.Failing(String.valueOf(e.getMessage())), listener);
      detach();
      sitOut = pace.roundsToSitOut();
    }
  }

  private void complete(boolean now) {
    synchronized (telling) {
      complete = now;
    }
  }

  private AttachedInputs attach(ReadingSource.Listener listener) {
    AttachedInputs attached =
        AttachedInputs.open(contexts.get(), sensors, (id, event) -> changed(id, event, listener));
    inputs = Optional.of(attached);
    return attached;
  }

  private void changed(
      SensorId id, DigitalStateChangeEvent<?> event, ReadingSource.Listener listener) {
    if (event.state() == DigitalState.UNKNOWN) {
      lookAtOnce(listener);
      return;
    }
    Duration age = event instanceof TimedStateChange timed ? timed.age() : Duration.ZERO;
    synchronized (telling) {
      tell(id, event.state(), age, listener);
    }
  }

  /// A line is lost, most likely with all others; the first round finds out why and gives them up.
  private void lookAtOnce(ReadingSource.Listener listener) {
    try {
      rounds.execute(
          () -> {
            if (inputs.isPresent()) {
              round(listener);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("GPIO lines are lost while they are given back", e);
    }
  }

  private void tellAgain(SensorId id, DigitalInput input, ReadingSource.Listener listener) {
    synchronized (telling) {
      tell(id, input.state(), Duration.ZERO, listener);
    }
  }

  private void tell(
      SensorId id, DigitalState state, Duration age, ReadingSource.Listener listener) {
    Gpio gpio = sensors.get(id);
    if (complete && gpio != null && state != DigitalState.UNKNOWN) {
      boolean active = state.isHigh() == gpio.activeHigh();
      listener.reading(new SensorReading(id, active, clock.instant().minus(age)));
    }
  }

  private void report(SourceStatus changed, ReadingSource.Listener listener) {
    if (status.change(changed, listener)) {
      LOG.info("{} sensors on GPIO: {}", sensors.size(), changed);
    }
  }

  private void detach() {
    inputs.ifPresent(AttachedInputs::close);
    inputs = Optional.empty();
  }

  @Override
  public void close() {
    if (!rounds.isShutdown()) {
      rounds.execute(this::detach);
      rounds.shutdown();
    }
  }
}
