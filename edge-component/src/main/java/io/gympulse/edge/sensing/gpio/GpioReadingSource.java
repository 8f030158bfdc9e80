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
import io.gympulse.edge.sensing.ReceivedMessage;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

  private static final byte[] HIGH = {'h', 'i', 'g', 'h'};
  private static final byte[] LOW = {'l', 'o', 'w'};

  private final Map<SensorId, Gpio> sensors;
  private final Supplier<Context> contexts;
  private final InstantSource clock;
  private final Pace pace;
  private final SourceStatus.Holder status;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("gpio").factory());
  // Held while a level is read and reported, so that an older level never overtakes an edge.
  private final Object reporting = new Object();
  // Guarded by `reporting`: whether all lines are available, without which none is reported.
  private boolean complete;
  // Guarded by `reporting`.
  private final Map<SensorId, SensorStats.Counter> counters = new HashMap<>();
  // Guarded by `reporting`.
  private final Map<SensorId, ReceivedMessage.History> histories = new HashMap<>();
  // Guarded by `reporting`.
  private final Map<SensorId, Boolean> levels = new HashMap<>();
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
    sensors.keySet().forEach(it -> counters.put(it, new SensorStats.Counter()));
    this.contexts = contexts;
    this.clock = clock;
    this.pace = pace;
    this.status = new SourceStatus.Holder(sensors.keySet(), clock);
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
  public Map<SensorId, SensorStats> stats() {
    Map<SensorId, SensorStats> stats = new HashMap<>();
    synchronized (reporting) {
      counters.forEach((id, counter) -> stats.put(id, counter.stats()));
    }
    return stats;
  }

  @Override
  public Map<SensorId, List<ReceivedMessage>> messages() {
    Map<SensorId, List<ReceivedMessage>> messages = new HashMap<>();
    synchronized (reporting) {
      histories.forEach((id, history) -> messages.put(id, history.messages()));
    }
    return messages;
  }

  @Override
  public void start(Consumer<SensorInput> receiver) {
    long nanos = pace.round().toNanos();
    var _ = rounds.scheduleWithFixedDelay(() -> round(receiver), 0, nanos, TimeUnit.NANOSECONDS);
  }

  /// An error of the library or the hardware ends this round only.
  private void round(Consumer<SensorInput> receiver) {
    if (closed) {
      return;
    }
    if (roundsToSkip > 0) {
      roundsToSkip--;
      return;
    }
    try {
      Pi4jInputs opened = inputs.orElseGet(() -> open(receiver));
      opened.requireLevels();
      setComplete(true);
      opened.forEach((id, input) -> reportAgain(id, input, receiver));
      setStatus(new SourceStatus.Running(), receiver);
    } catch (RuntimeException | LinkageError e) {
      setComplete(false);
      setStatus(new SourceStatus.Failing(String.valueOf(e.getMessage())), receiver);
      releaseInputs();
      roundsToSkip = pace.roundsToSkip();
    }
  }

  private void setComplete(boolean now) {
    synchronized (reporting) {
      complete = now;
    }
  }

  private Pi4jInputs open(Consumer<SensorInput> receiver) {
    Pi4jInputs opened =
        Pi4jInputs.open(contexts.get(), sensors, (id, event) -> changed(id, event, receiver));
    inputs = Optional.of(opened);
    return opened;
  }

  private void changed(
      SensorId id, DigitalStateChangeEvent<?> event, Consumer<SensorInput> receiver) {
    if (event.state() == DigitalState.UNKNOWN) {
      runRoundNow(receiver);
      return;
    }
    Duration age = event instanceof ChipInput.TimedStateChange timed ? timed.age() : Duration.ZERO;
    synchronized (reporting) {
      report(id, event.state(), age, receiver);
    }
  }

  /// A lost line usually means that all lines of the chip are lost: the round finds the reason and
  /// releases them.
  private void runRoundNow(Consumer<SensorInput> receiver) {
    try {
      rounds.execute(
          () -> {
            if (inputs.isPresent()) {
              round(receiver);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("a GPIO line was lost while closing", e);
    }
  }

  private void reportAgain(SensorId id, DigitalInput input, Consumer<SensorInput> receiver) {
    synchronized (reporting) {
      report(id, input.state(), Duration.ZERO, receiver);
    }
  }

  private void report(
      SensorId id, DigitalState state, Duration age, Consumer<SensorInput> receiver) {
    Gpio gpio = sensors.get(id);
    SensorStats.Counter counter = counters.get(id);
    if (complete && gpio != null && counter != null && state != DigitalState.UNKNOWN) {
      boolean active = state.isHigh() == gpio.activeHigh();
      Instant now = clock.instant();
      counter.read(now);
      counter.value(state.isHigh() ? "high" : "low");
      keep(id, state, active, now.minus(age));
      receiver.accept(new SensorInput.Reading(id, active, now.minus(age)));
    }
  }

  /// Changes only: the level is reported every few seconds.
  private void keep(SensorId id, DigitalState state, boolean active, Instant at) {
    if (!Objects.equals(levels.put(id, active), active)) {
      histories
          .computeIfAbsent(id, _ -> new ReceivedMessage.History())
          .add(at, state.isHigh() ? HIGH : LOW, active ? "active" : "inactive");
    }
  }

  private void setStatus(SourceStatus next, Consumer<SensorInput> receiver) {
    if (status.update(next, receiver)) {
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
