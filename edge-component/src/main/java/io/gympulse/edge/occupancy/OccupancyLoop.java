package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.RateLimitedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the detectors of all machines on one thread. Any number of sources add readings without
/// blocking. A sensor that sends more than can be processed loses readings and counts as
/// chattering, without effect on other sensors: see [InputQueue].
///
/// Time here never runs backwards, nor past an input that is still queued. The *watermark* is the
/// time up to which no transition will be added any more. A reading that arrives late is dated to
/// the watermark. All times are whole milliseconds.
public final class OccupancyLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OccupancyLoop.class);
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);
  private static final Duration LEAST_MAX_WAIT = Duration.ofMillis(50);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
  private static final Duration PLAUSIBILITY_INTERVAL = Duration.ofMinutes(1);
  private static final int INPUTS_PER_TICK = 1_000;

  private final InstantSource timeline;
  private final ProcessClock pace;
  private final TransitionSink transitions;
  private final List<MonitoredMachine> machines = new ArrayList<>();
  private final Map<SensorId, MonitoredMachine> bySensor = new HashMap<>();
  private final InputQueue inputs;
  private final Thread thread;
  private final RateLimitedLog log;
  private final VerdictLog verdictLog;
  private final PlausibilityCheck plausibility;
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
  private Instant watermark;
  private Instant nextCheck;
  private volatile List<MachineState> published;
  private volatile Optional<Instant> durableWatermark = Optional.empty();
  private final AtomicLong steps = new AtomicLong();
  private volatile boolean closing;

  /// Records transitions in order. Called on the loop's thread only: it must not block.
  public interface TransitionSink {

    /// Records a transition, or keeps it to be retried.
    void record(MachineState transition);

    /// Whether everything recorded so far is durable. Retries what is kept. Called after each tick.
    boolean isDurable();
  }

  /// A loop for which nothing is known of opening hours.
  public OccupancyLoop(
      Map<OccupancyDetector, OccupancyState> initial,
      InstantSource timeline,
      ProcessClock pace,
      TransitionSink sink) {
    this(initial, timeline, pace, sink, PlausibilityCheck.WITHOUT_HOURS);
  }

  /// @param initial the state from which each detector starts
  /// @param timeline the clock of all readings and transitions; must not run backwards
  /// @param pace the rate at which the timeline runs; its monotonic time limits the log
  /// @param plausibility asked once a minute of the timeline
  public OccupancyLoop(
      Map<OccupancyDetector, OccupancyState> initial,
      InstantSource timeline,
      ProcessClock pace,
      TransitionSink sink,
      PlausibilityCheck plausibility) {
    this.plausibility = plausibility;
    this.timeline = timeline;
    this.pace = pace;
    this.transitions = sink;
    this.log = RateLimitedLog.onePer(LOG_INTERVAL, LOG, pace::nanos);
    this.verdictLog = new VerdictLog(new RateLimitedLog(LOG, pace::nanos));
    this.watermark = timeline.instant().truncatedTo(ChronoUnit.MILLIS);
    this.nextCheck = watermark.plus(PLAUSIBILITY_INTERVAL);
    initial.forEach(
        (detector, state) -> {
          MonitoredMachine machine = new MonitoredMachine(detector, state);
          machines.add(machine);
          detector.sensors().forEach(it -> bySensor.put(it, machine));
        });
    this.inputs = new InputQueue(bySensor.keySet());
    this.published = statesInOrder();
    this.thread = Thread.ofPlatform().daemon().name("occupancy").unstarted(this::run);
  }

  public void start(Collection<ReadingSource> sources) {
    thread.start();
    for (ReadingSource source : sources) {
      source.start(inputs::add);
    }
  }

  /// The machines' present states, in the order of the initial states.
  public List<MachineState> states() {
    return published;
  }

  /// What is concluded from each sensor at present, in the order of the initial states.
  public List<SensorVerdict> verdicts() {
    return machines.stream().flatMap(it -> it.detector.verdicts(it.state).stream()).toList();
  }

  /// The lengths of all occupancies so far, for
  /// [OccupancyDetector#initial(MachineState, DwellHistories)] after a restart.
  public DwellHistories histories() {
    return DwellHistories.merge(
        machines.stream().map(it -> it.detector.histories(it.state)).toList());
  }

  /// The watermark up to which all transitions are durable; empty while there is none.
  public Optional<Instant> watermark() {
    return durableWatermark;
  }

  /// How many steps the thread has begun; there is one each second or more.
  public long steps() {
    return steps.get();
  }

  /// Completes with the cause if the thread ends by an error; never by [#close]. The process must
  /// then be restarted.
  public CompletableFuture<Throwable> broken() {
    return broken.copy();
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }

  private void run() {
    try {
      while (!closing) {
        runOnce();
      }
    } catch (InterruptedException e) {
      LOG.debug("the occupancy thread was interrupted to close");
    } catch (Throwable e) {
      LOG.error("the occupancy thread has failed", e);
      broken.complete(e);
    }
  }

  private void runOnce() throws InterruptedException {
    steps.incrementAndGet();
    try {
      inputs.await(untilNextTick());
      processInputs();
      tick();
    } catch (RuntimeException e) {
      log.error("step", e, "an input or tick failed; continuing");
      // The failed deadline may be due again at once.
      Thread.sleep(PAUSE_AFTER_FAILURE);
    }
  }

  private Duration untilNextTick() {
    Duration longest = pace.toReal(MAX_WAIT);
    Duration result = longest.compareTo(LEAST_MAX_WAIT) < 0 ? LEAST_MAX_WAIT : longest;
    Instant now = timeline.instant();
    for (MonitoredMachine machine : machines) {
      Optional<Instant> next = machine.detector.nextTick(machine.state);
      if (next.isPresent()) {
        Duration wait = pace.toReal(Duration.between(now, next.get()));
        result = wait.compareTo(result) < 0 ? wait : result;
      }
    }
    return result.isNegative() ? Duration.ZERO : result;
  }

  private void processInputs() {
    for (int i = 0; i < INPUTS_PER_TICK; i++) {
      Optional<SensorInput> input = inputs.poll();
      if (input.isEmpty()) {
        return;
      }
      process(input.get());
    }
  }

  private void process(SensorInput input) {
    if (input instanceof SensorInput.Overflow) {
      log.warn(
          "sensor " + input.sensor(),
          "sensor {} sends more than can be processed; readings dropped so far: {}",
          input.sensor(),
          inputs.dropped());
    }
    MonitoredMachine machine = bySensor.get(input.sensor());
    if (machine != null) {
      SensorInput dated = input.withTime(bounded(input.at()));
      apply(machine, machine.detector.step(machine.state, dated));
    }
  }

  /// The time of an input, moved to between the watermark and now.
  private Instant bounded(Instant at) {
    Instant whole = at.truncatedTo(ChronoUnit.MILLIS);
    Instant now = now();
    Instant notLate = whole.isBefore(watermark) ? watermark : whole;
    return notLate.isAfter(now) ? now : notLate;
  }

  /// Advances the time of all detectors, then the watermark.
  private void tick() {
    Instant now = now();
    Instant at = inputs.oldest().map(this::bounded).filter(now::isAfter).orElse(now);
    machines.forEach(it -> apply(it, it.detector.tick(it.state, at)));
    checkPlausibility(at);
    Instant lowest = at;
    for (MonitoredMachine machine : machines) {
      Instant each = machine.detector.watermark(machine.state, at);
      lowest = each.isBefore(lowest) ? each : lowest;
    }
    watermark = lowest.isAfter(watermark) ? lowest : watermark;
    if (transitions.isDurable()) {
      durableWatermark = Optional.of(watermark);
    }
  }

  /// @param at up to which time of all detectors has passed
  private void checkPlausibility(Instant at) {
    if (at.isBefore(nextCheck)) {
      return;
    }
    nextCheck = at.plus(PLAUSIBILITY_INTERVAL);
    List<PlausibilityCheck.Activity> all =
        machines.stream().flatMap(it -> it.detector.activities(it.state).stream()).toList();
    for (PlausibilityCheck.Implausible found : plausibility.find(all, at)) {
      MonitoredMachine machine = bySensor.get(found.sensor());
      if (machine != null) {
        apply(
            machine,
            machine.detector.implausible(machine.state, found.sensor(), found.reason(), at));
      }
    }
  }

  private Instant now() {
    Instant now = timeline.instant().truncatedTo(ChronoUnit.MILLIS);
    return now.isBefore(watermark) ? watermark : now;
  }

  private void apply(MonitoredMachine machine, OccupancyDetector.Step step) {
    verdictLog.changed(machine.detector, machine.state, step.state());
    machine.state = step.state();
    if (!step.transitions().isEmpty()) {
      published = statesInOrder();
      step.transitions().forEach(transitions::record);
    }
  }

  private List<MachineState> statesInOrder() {
    return machines.stream().map(it -> it.state.published()).toList();
  }

  /// A machine's detector and its present state, which only the loop's thread changes.
  private static final class MonitoredMachine {
    private final OccupancyDetector detector;
    private volatile OccupancyState state;

    MonitoredMachine(OccupancyDetector detector, OccupancyState state) {
      this.detector = detector;
      this.state = state;
    }
  }
}
