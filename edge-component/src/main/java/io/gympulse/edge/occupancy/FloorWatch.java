package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.Complaints;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.process.ProcessClock;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the detectors of a whole floor on one thread, fed by any number of sources that never wait
/// for it. A sensor that says more than can be taken loses readings, and is not believed for it;
/// the other sensors do not notice: see [Inbox].
///
/// Time never runs backwards here, nor past an input that was not taken yet. A reading that
/// surfaces late is taken at the last moment the gateway vouched for, so that what was vouched for
/// stays true. All times are whole milliseconds.
public final class FloorWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FloorWatch.class);
  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
  private static final Duration SHORTEST_LONG_NAP = Duration.ofMillis(50);
  private static final Duration QUIET_AFTER_COMPLAINT = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);
  private static final int INPUTS_PER_TICK = 1_000;

  private final InstantSource timeline;
  private final ProcessClock pace;
  private final Recording recording;
  private final List<Watched> machines = new ArrayList<>();
  private final Map<SensorId, Watched> bySensor = new HashMap<>();
  private final Inbox inbox;
  private final Thread thread;
  private final Complaints floods;
  private final Complaints failures;
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
  private Instant floor;
  private volatile List<MachineState> published;
  private volatile Optional<Instant> coveredTo = Optional.empty();
  private volatile boolean closing;

  /// @param initial where each detector starts
  /// @param timeline the time of everything that happens here; must not run backwards
  /// @param pace how fast the timeline runs; its time is not asked for
  public FloorWatch(
      Map<OccupancyDetector, OccupancyState> initial,
      InstantSource timeline,
      ProcessClock pace,
      TransitionSink sink) {
    this.timeline = timeline;
    this.pace = pace;
    this.recording = new Recording(sink, new Complaints(timeline, QUIET_AFTER_COMPLAINT));
    this.floods = new Complaints(timeline, QUIET_AFTER_COMPLAINT);
    this.failures = new Complaints(timeline, QUIET_AFTER_COMPLAINT);
    this.floor = timeline.instant().truncatedTo(ChronoUnit.MILLIS);
    initial.forEach(
        (detector, state) -> {
          Watched machine = new Watched(detector, state);
          machines.add(machine);
          detector.sensors().forEach(it -> bySensor.put(it, machine));
        });
    this.inbox = new Inbox(bySensor.keySet());
    this.published = statesInOrder();
    this.thread = Thread.ofPlatform().daemon().name("occupancy").unstarted(this::run);
  }

  public void start(Collection<ReadingSource> sources) {
    thread.start();
    for (ReadingSource source : sources) {
      source.start(listenerOf(source.sensors()));
    }
  }

  /// The machines' present states, in the order of the floor plan.
  public List<MachineState> states() {
    return published;
  }

  /// How the sensors are judged at present, in the order of the floor plan.
  public List<SensorHealth> health() {
    return machines.stream().flatMap(it -> it.detector.health(it.state).stream()).toList();
  }

  /// How long occupancies have lasted up to now, to be handed to
  /// [OccupancyDetector#initial(MachineState, DwellHistories)] after a restart.
  public DwellHistories histories() {
    return DwellHistories.joined(
        machines.stream().map(it -> it.detector.histories(it.state)).toList());
  }

  /// Readings that were dropped since the start because their sensors sent too many.
  public long dropped() {
    return inbox.dropped();
  }

  /// Up to when every transition is durable in the outbox, if that is known yet.
  public Optional<Instant> coveredTo() {
    return coveredTo;
  }

  /// Completes when nothing is taken any more, with what ended it; never by [#close]. The process
  /// must then be started anew.
  public CompletableFuture<Throwable> broken() {
    return broken.copy();
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }

  private ReadingSource.Listener listenerOf(Set<SensorId> sensors) {
    return new ReadingSource.Listener() {
      @Override
      public void reading(SensorReading reading) {
        inbox.add(reading.sensor(), new DetectorInput.Reading(reading));
      }

      @Override
      public void unavailable(Set<SensorId> away, String reason) {
        Instant at = timeline.instant();
        away.forEach(it -> inbox.add(it, new DetectorInput.Away(it, at)));
      }

      @Override
      public void available(Set<SensorId> back) {
        Instant at = timeline.instant();
        back.forEach(it -> inbox.add(it, new DetectorInput.SourceUp(it, at)));
      }

      @Override
      public void statusChanged(SourceStatus status) {
        Instant at = timeline.instant();
        switch (status) {
          case SourceStatus.Starting _ -> LOG.debug("a source of readings is starting");
          case SourceStatus.Running _ ->
              sensors.forEach(it -> inbox.add(it, new DetectorInput.SourceUp(it, at)));
          case SourceStatus.Failing _ ->
              sensors.forEach(it -> inbox.add(it, new DetectorInput.SourceDown(it, at)));
        }
      }
    };
  }

  private void run() {
    try {
      while (!closing) {
        runOnce();
      }
    } catch (InterruptedException e) {
      LOG.debug("the occupancy thread was told to end");
    } catch (Throwable e) {
      LOG.error("occupancy is not told any more", e);
      broken.complete(e);
    }
  }

  private void runOnce() throws InterruptedException {
    try {
      inbox.await(nap());
      takeSome();
      tick();
    } catch (RuntimeException e) {
      if (failures.add()) {
        LOG.error("{} inputs or ticks failed so far; going on", failures.count(), e);
      }
      // What fails may be due again at once.
      Thread.sleep(PAUSE_AFTER_FAILURE);
    }
  }

  private Duration nap() {
    Duration longest = pace.toReal(LONGEST_NAP);
    Duration nap = longest.compareTo(SHORTEST_LONG_NAP) < 0 ? SHORTEST_LONG_NAP : longest;
    Instant now = timeline.instant();
    for (Watched machine : machines) {
      Optional<Instant> next = machine.detector.nextTick(machine.state);
      if (next.isPresent()) {
        Duration wait = pace.toReal(Duration.between(now, next.get()));
        nap = wait.compareTo(nap) < 0 ? wait : nap;
      }
    }
    return nap.isNegative() ? Duration.ZERO : nap;
  }

  private void takeSome() {
    for (int i = 0; i < INPUTS_PER_TICK; i++) {
      Optional<DetectorInput.OfSensor> input = inbox.poll();
      if (input.isEmpty()) {
        return;
      }
      take(input.get());
    }
  }

  private void take(DetectorInput.OfSensor input) {
    if (input instanceof DetectorInput.Flooded && floods.add()) {
      LOG.warn(
          "{} says more than can be taken; {} readings dropped so far", input.sensor(), dropped());
    }
    Watched machine = bySensor.get(input.sensor());
    if (machine != null) {
      step(machine, input.movedTo(kept(input.at())));
    }
  }

  private Instant kept(Instant at) {
    Instant taken = at.truncatedTo(ChronoUnit.MILLIS);
    Instant now = now();
    Instant late = taken.isBefore(floor) ? floor : taken;
    return late.isAfter(now) ? now : late;
  }

  /// Lets time pass for all, then vouches for what is settled if all of it is durable.
  private void tick() {
    Instant now = now();
    Instant at = inbox.oldest().map(this::kept).filter(now::isAfter).orElse(now);
    machines.forEach(it -> step(it, new DetectorInput.Tick(at)));
    Instant covered = at;
    for (Watched machine : machines) {
      Instant settled = machine.detector.coveredTo(machine.state, at);
      covered = settled.isBefore(covered) ? settled : covered;
    }
    floor = covered.isAfter(floor) ? covered : floor;
    if (recording.isDurable()) {
      coveredTo = Optional.of(floor);
    }
  }

  private Instant now() {
    Instant now = timeline.instant().truncatedTo(ChronoUnit.MILLIS);
    return now.isBefore(floor) ? floor : now;
  }

  private void step(Watched machine, DetectorInput input) {
    Step step = machine.detector.step(machine.state, input);
    machine.state = step.state();
    if (!step.transitions().isEmpty()) {
      published = statesInOrder();
      step.transitions().forEach(recording::add);
    }
  }

  private List<MachineState> statesInOrder() {
    return machines.stream().map(it -> it.state.published()).toList();
  }

  /// A machine's detector and its present state, changed by the one thread only.
  private static final class Watched {
    private final OccupancyDetector detector;
    private volatile OccupancyState state;

    Watched(OccupancyDetector detector, OccupancyState state) {
      this.detector = detector;
      this.state = state;
    }
  }
}
