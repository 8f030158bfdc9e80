package io.gympulse.edge.sensing.gpio;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import io.gympulse.contract.floorplan.SourceConfig.Gpio;
import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.gpio.line.LineReader;
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
/// A reading has the time of its edge if the provider of the inputs knows it. Each line's level is
/// reported again every 5 s; a repeated level has no effect. If a line cannot be requested or is
/// lost, none of them is reported, and all are requested again after 30 s.
public final class GpioReadingSource implements ReadingSource {
  private static final Logger LOG = LoggerFactory.getLogger(GpioReadingSource.class);

  private final Map<SensorId, Gpio> sensors;
  private final Supplier<Context> contexts;
  private final InstantSource clock;
  private final Pace pace;
  private final SourceStatus.Holder status = new SourceStatus.Holder();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("gpio").factory());
  // Held while a level is read and reported, so that an older level never overtakes an edge.
  private final Object reporting = new Object();
  // Guarded by `reporting`: whether all lines are available, without which none is reported.
  private boolean complete;
  // Used by the thread of the rounds only.
  private Optional<Pi4jInputs> inputs = Optional.empty();
  private int roundsToSkip;
  private boolean closed;

  /// @param round interval at which levels are reported again
  /// @param roundsToSkip after a failure, until the next attempt
  record Pace(Duration round, int roundsToSkip) {
    static final Pace DEFAULT = new Pace(Duration.ofSeconds(5), 5);
  }

  /// @param contexts creates a context for these lines; called again after a failure
  GpioReadingSource(
      Map<SensorId, Gpio> sensors, Supplier<Context> contexts, InstantSource clock, Pace pace) {
    this.sensors = Map.copyOf(sensors);
    this.contexts = contexts;
    this.clock = clock;
    this.pace = pace;
  }

  /// @param sensors all on this chip
  /// @param chip empty for the chip of the machine's own header
  public static GpioReadingSource on(
      Optional<GpioChip> chip,
      Map<SensorId, Gpio> sensors,
      LineReader reader,
      InstantSource clock) {
    return new GpioReadingSource(sensors, () -> context(chip, reader), clock, Pace.DEFAULT);
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
  public void start(Listener listener) {
    long nanos = pace.round().toNanos();
    var _ = rounds.scheduleWithFixedDelay(() -> round(listener), 0, nanos, TimeUnit.NANOSECONDS);
  }

  /// An error of the library or the hardware ends this round only.
  private void round(Listener listener) {
    if (closed) {
      return;
    }
    if (roundsToSkip > 0) {
      roundsToSkip--;
      return;
    }
    try {
      Pi4jInputs opened = inputs.orElseGet(() -> open(listener));
      opened.requireLevels();
      setComplete(true);
      opened.forEach((id, input) -> reportAgain(id, input, listener));
      setStatus(new SourceStatus.Running(), listener);
    } catch (RuntimeException | LinkageError e) {
      setComplete(false);
      setStatus(new SourceStatus.Failing(String.valueOf(e.getMessage())), listener);
      releaseInputs();
      roundsToSkip = pace.roundsToSkip();
    }
  }

  private void setComplete(boolean now) {
    synchronized (reporting) {
      complete = now;
    }
  }

  private Pi4jInputs open(Listener listener) {
    Pi4jInputs opened =
        Pi4jInputs.open(contexts.get(), sensors, (id, event) -> changed(id, event, listener));
    inputs = Optional.of(opened);
    return opened;
  }

  private void changed(SensorId id, DigitalStateChangeEvent<?> event, Listener listener) {
    if (event.state() == DigitalState.UNKNOWN) {
      runRoundNow(listener);
      return;
    }
    Duration age = event instanceof ChipInput.TimedStateChange timed ? timed.age() : Duration.ZERO;
    synchronized (reporting) {
      report(id, event.state(), age, listener);
    }
  }

  /// A lost line usually means that all lines of the chip are lost: the round finds the reason and
  /// releases them.
  private void runRoundNow(Listener listener) {
    try {
      rounds.execute(
          () -> {
            if (inputs.isPresent()) {
              round(listener);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("a GPIO line was lost while closing", e);
    }
  }

  private void reportAgain(SensorId id, DigitalInput input, Listener listener) {
    synchronized (reporting) {
      report(id, input.state(), Duration.ZERO, listener);
    }
  }

  private void report(SensorId id, DigitalState state, Duration age, Listener listener) {
    Gpio gpio = sensors.get(id);
    if (complete && gpio != null && state != DigitalState.UNKNOWN) {
      boolean active = state.isHigh() == gpio.activeHigh();
      listener.reading(new SensorReading(id, active, clock.instant().minus(age)));
    }
  }

  private void setStatus(SourceStatus next, Listener listener) {
    if (status.update(next, listener)) {
      LOG.info("{} sensors on GPIO: {}", sensors.size(), next);
    }
  }

  private void releaseInputs() {
    inputs.ifPresent(Pi4jInputs::close);
    inputs = Optional.empty();
  }

  @Override
  public void close() {
    if (!rounds.isShutdown()) {
      rounds.execute(
          () -> {
            // A round may come before the executor is shut down; it must not request lines again.
            closed = true;
            releaseInputs();
          });
      rounds.shutdown();
    }
  }
}
