package io.gympulse.edge.occupancy;

import io.gympulse.contract.clock.ProcessClock;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.sensing.SensorListener;
import io.gympulse.edge.sensing.SensorReading;
import io.gympulse.edge.sensing.SensorSource;
import io.gympulse.edge.sensing.SourceStatus;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the detectors of a whole floor on one thread, fed by any number of sources.
///
/// Time never runs backwards here, and a reading that surfaces late is taken at the last moment the
/// gateway vouched for, so that what was vouched for stays true. All times are whole milliseconds.
public final class FloorWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FloorWatch.class);
  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
  private static final Duration SHORTEST_LONG_NAP = Duration.ofMillis(50);

  private final InstantSource timeline;
  private final ProcessClock pace;
  private final TransitionSink sink;
  private final List<Watched> machines = new ArrayList<>();
  private final Map<SensorId, Watched> bySensor = new HashMap<>();
  private final BlockingQueue<DetectorInput> inputs = new LinkedBlockingQueue<>();
  private final Thread thread;
  private CompletableFuture<?> lastRecorded = CompletableFuture.completedFuture(null);
  private Instant floor;
  private volatile List<MachineState> published;
  private volatile Optional<Instant> coveredTo = Optional.empty();
  private volatile boolean closing;

  /// @param initial where each detector starts
  /// @param timeline never jumps and never runs backwards
  /// @param pace how fast time passes for waiting
  public FloorWatch(
      Map<OccupancyDetector, OccupancyState> initial,
      InstantSource timeline,
      ProcessClock pace,
      TransitionSink sink) {
    this.timeline = timeline;
    this.pace = pace;
    this.sink = sink;
    this.floor = timeline.instant().truncatedTo(ChronoUnit.MILLIS);
    initial.forEach(
        (detector, state) -> {
          Watched machine = new Watched(detector, state);
          machines.add(machine);
          detector.sensors().forEach(it -> bySensor.put(it, machine));
        });
    this.published = statesInOrder();
    this.thread = Thread.ofPlatform().daemon().name("occupancy").unstarted(this::run);
  }

  public void start(Collection<SensorSource> sources) {
    thread.start();
    for (SensorSource source : sources) {
      source.start(listenerOf(source.sensors()));
    }
  }

  /// The machines' present states, in the order of the floor plan.
  public List<MachineState> states() {
    return published;
  }

  /// Up to when every transition is durable in the outbox, if that is known yet.
  public Optional<Instant> coveredTo() {
    return coveredTo;
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }

  private SensorListener listenerOf(Set<SensorId> sensors) {
    return new SensorListener() {
      @Override
      public void reading(SensorReading reading) {
        inputs.add(new DetectorInput.Reading(reading));
      }

      @Override
      public void unavailable(Set<SensorId> away, String reason) {
        inputs.add(new DetectorInput.SourceDown(away));
      }

      @Override
      public void statusChanged(SourceStatus status) {
        if (status instanceof SourceStatus.Failing) {
          inputs.add(new DetectorInput.SourceDown(sensors));
        }
      }
    };
  }

  private void run() {
    while (!closing) {
      try {
        DetectorInput input = inputs.poll(nap().toNanos(), TimeUnit.NANOSECONDS);
        while (input != null) {
          take(input);
          input = inputs.poll();
        }
        tick();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("an input could not be taken; going on", e);
      }
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

  private void take(DetectorInput input) {
    Instant now = now();
    switch (input) {
      case DetectorInput.Reading it -> {
        Watched machine = bySensor.get(it.reading().sensor());
        if (machine != null) {
          step(machine, new DetectorInput.Reading(kept(it.reading(), now)), now);
        }
      }
      case DetectorInput.SourceDown down ->
          down.sensors().stream()
              .flatMap(it -> Optional.ofNullable(bySensor.get(it)).stream())
              .distinct()
              .forEach(it -> step(it, down, now));
      case DetectorInput.Tick tick -> machines.forEach(it -> step(it, tick, now));
    }
  }

  private SensorReading kept(SensorReading reading, Instant now) {
    Instant taken = reading.at().truncatedTo(ChronoUnit.MILLIS);
    Instant at = taken.isBefore(floor) ? floor : taken;
    return new SensorReading(reading.sensor(), reading.active(), at.isAfter(now) ? now : at);
  }

  /// Lets time pass for all, then vouches for what is settled, once all of it is durable.
  private void tick() {
    take(new DetectorInput.Tick());
    Instant now = now();
    Instant covered = now;
    for (Watched machine : machines) {
      Instant settled = machine.detector.coveredTo(machine.state, now);
      covered = settled.isBefore(covered) ? settled : covered;
    }
    Instant vouched = covered;
    floor = vouched.isAfter(floor) ? vouched : floor;
    lastRecorded = lastRecorded.thenRun(() -> coveredTo = Optional.of(vouched));
  }

  private Instant now() {
    Instant now = timeline.instant().truncatedTo(ChronoUnit.MILLIS);
    return now.isBefore(floor) ? floor : now;
  }

  private void step(Watched machine, DetectorInput input, Instant now) {
    Step step = machine.detector.step(machine.state, input, now);
    machine.state = step.state();
    if (!step.transitions().isEmpty()) {
      published = statesInOrder();
      step.transitions().forEach(it -> lastRecorded = sink.record(it));
    }
  }

  private List<MachineState> statesInOrder() {
    return machines.stream().map(it -> it.state.published()).toList();
  }

  /// A machine's detector and its present state, touched by the one thread only.
  private static final class Watched {
    private final OccupancyDetector detector;
    private OccupancyState state;

    Watched(OccupancyDetector detector, OccupancyState state) {
      this.detector = detector;
      this.state = state;
    }
  }
}
