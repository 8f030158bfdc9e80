package io.gympulse.edge.occupancy;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.occupancy.OccupancyState.FusionRule;
import io.gympulse.edge.occupancy.SensorState.Verdict;
import io.gympulse.edge.sensing.SensorInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Derives one machine's status from the readings of its sensors, as configured in the floor plan:
/// [LevelStateMachine] and [PulseStateMachine] judge each sensor, [FusionRule] combines several of
/// them. Pure and immutable; time comes with each input, in whole milliseconds.
///
/// Transitions are back-dated to when a level really changed, but never before the last transition,
/// so their times do not decrease; between free and occupied they differ by a millisecond or more.
/// [#watermark] says up to when no transition will be back-dated any more. When several sensors
/// disagree about a short absence, it does not count.
public final class OccupancyDetector {
  /// In seconds; thirty thousand years.
  private static final long LARGEST_STAMP = 1L << 40;

  private final MachineId machine;
  private final Duration longestAlone;
  private final FusionRule fusion;
  private final SensorStateMachine[] sensors;

  /// The outcome of one step.
  ///
  /// @param state the same object if nothing has changed
  /// @param transitions the states that the machine went through, in order, each different from the
  ///     one before, the first from the last one published
  public record Step(OccupancyState state, List<MachineState> transitions) {
    public Step {
      transitions = List.copyOf(transitions);
    }

    static Step unchanged(OccupancyState state) {
      return new Step(state, List.of());
    }
  }

  /// @param stuckAfter how long a sensor may stay active before it counts as stuck, whatever its
  ///     history
  public OccupancyDetector(Machine machine, Duration stuckAfter) {
    if (machine.sensors().isEmpty()) {
      throw new IllegalArgumentException("machine '%s' has no sensor".formatted(machine.id()));
    }
    this.machine = machine.id();
    this.fusion = FusionRule.of(machine.fusion(), machine.sensors().size());
    StuckRule stuckRule = StuckRule.of(machine.category(), stuckAfter);
    this.longestAlone = stuckRule.longestAlone();
    this.sensors =
        machine.sensors().stream()
            .map(it -> SensorStateMachine.of(it, stuckRule))
            .toArray(SensorStateMachine[]::new);
  }

  public MachineId machine() {
    return machine;
  }

  public List<SensorId> sensors() {
    return Arrays.stream(sensors).map(it -> it.sensor().id()).toList();
  }

  /// An initial state without dwell histories; see [#initial(MachineState, DwellHistories)].
  public OccupancyState initial(MachineState start) {
    return initial(start, DwellHistories.NONE);
  }

  /// @param start the state that is published already; it must be unknown, and all sensors start
  ///     as unknown for the same reason
  /// @param histories how long occupancies lasted before the restart
  public OccupancyState initial(MachineState start, DwellHistories histories) {
    UnknownReason reason =
        start.reason().orElseThrow(() -> new IllegalArgumentException(start + " is not unknown"));
    long since = start.since().toEpochMilli();
    return state(
        start,
        Arrays.stream(sensors)
            .map(it -> it.unread(Verdict.unknown(reason), since, histories.of(it.sensor().id())))
            .toList());
  }

  /// Inputs and ticks come in the order of their times; an input that is older than the last
  /// decision is treated as if it had come at that decision. An input about another machine's
  /// sensor changes nothing.
  public Step step(OccupancyState state, SensorInput input) {
    int index = indexOf(input.sensor());
    return index < 0 ? Step.unchanged(state) : step(state, index, input, input.at().toEpochMilli());
  }

  /// Time has passed, up to `now`.
  public Step tick(OccupancyState state, Instant now) {
    long at = now.toEpochMilli();
    if (at < state.due()) {
      return Step.unchanged(state);
    }
    Progress progress = new Progress(state);
    progress.advanceTo(at);
    return progress.step();
  }

  private Step step(OccupancyState state, int index, SensorInput input, long at) {
    SensorStateMachine sensor = sensors[index];
    if (at < state.due()
        // Most inputs change nothing, and a type test is faster than a pattern switch.
        && input instanceof SensorInput.Reading it
        && !sensor.changesState(state.sensors().get(index), it.active(), at)) {
      return Step.unchanged(state);
    }
    Progress progress = new Progress(state);
    progress.advanceTo(at);
    progress.replace(index, apply(sensor, progress.sensor(index), input, at));
    progress.advanceTo(at);
    return progress.step();
  }

  /// A sensor was found active though nobody can be there, at `now`, up to which time has passed.
  Step implausible(OccupancyState state, SensorId sensor, String reason, Instant now) {
    int index = indexOf(sensor);
    long at = now.toEpochMilli();
    Progress progress = new Progress(state);
    progress.advanceTo(at);
    progress.replace(index, sensors[index].implausible(progress.sensor(index), reason, at));
    return progress.step();
  }

  private static SensorState apply(
      SensorStateMachine sensor, SensorState state, SensorInput input, long at) {
    return switch (input) {
      case SensorInput.Reading it ->
          sensor.changesState(state, it.active(), at)
              ? sensor.read(state, it.active(), at, millis(it.stampedAt()))
              : state;
      case SensorInput.SourceUp _ -> sensor.sourceUp(state, at);
      case SensorInput.SourceDown _ -> sensor.sourceDown(state, at);
      case SensorInput.Unavailable it -> sensor.unavailable(state, it.reason(), at);
      case SensorInput.Overflow _ -> sensor.overflowed(state, at);
    };
  }

  /// A sensor's clock may be wrong by more than a long of milliseconds can hold.
  private static long millis(Instant stamp) {
    long seconds = Math.clamp(stamp.getEpochSecond(), -LARGEST_STAMP, LARGEST_STAMP);
    return seconds * 1_000 + stamp.getNano() / 1_000_000;
  }

  private int indexOf(SensorId sensor) {
    for (int i = 0; i < sensors.length; i++) {
      if (sensors[i].sensor().id().value().equals(sensor.value())) {
        return i;
      }
    }
    return -1;
  }

  /// When a tick will next change anything.
  public Optional<Instant> nextTick(OccupancyState state) {
    return state.due() == SensorState.NEVER
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(state.due()));
  }

  /// The latest moment up to which no transition will be added any more, provided that time has
  /// reached `now` and every input up to then has been processed.
  public Instant watermark(OccupancyState state, Instant now) {
    long at = now.toEpochMilli();
    long earliest = state.pendingSince();
    for (int i = 0; i < sensors.length; i++) {
      earliest = Math.min(earliest, sensors[i].reversibleSince(state.sensors().get(i), at));
    }
    return earliest < at ? Instant.ofEpochMilli(earliest) : now;
  }

  /// What each sensor's readings prove of the use of this machine.
  List<PlausibilityCheck.Activity> activities(OccupancyState state) {
    List<PlausibilityCheck.Activity> activities = new ArrayList<>(sensors.length);
    for (int i = 0; i < sensors.length; i++) {
      SensorState of = state.sensors().get(i);
      activities.add(
          new PlausibilityCheck.Activity(
              sensors[i].sensor().id(),
              machine,
              of.verdict().status() != MachineStatus.UNKNOWN,
              sensors[i].holdsOccupied(of),
              Instant.ofEpochMilli(of.signal().changedAt()),
              longestAlone));
    }
    return activities;
  }

  /// What is concluded from each sensor.
  List<SensorVerdict> verdicts(OccupancyState state) {
    List<SensorVerdict> verdicts = new ArrayList<>(sensors.length);
    for (int i = 0; i < sensors.length; i++) {
      SensorState of = state.sensors().get(i);
      verdicts.add(
          new SensorVerdict(
              sensors[i].sensor().id(),
              machine,
              of.verdict().wireName(),
              Instant.ofEpochMilli(of.since()),
              of.reason()));
    }
    return verdicts;
  }

  /// How long the occupancies that each sensor saw have lasted.
  DwellHistories histories(OccupancyState state) {
    Map<SensorId, DwellHistory> bySensor = new HashMap<>();
    for (int i = 0; i < sensors.length; i++) {
      bySensor.put(sensors[i].sensor().id(), state.sensors().get(i).history());
    }
    return DwellHistories.of(bySensor);
  }

  private OccupancyState state(MachineState published, List<SensorState> states) {
    long due = SensorState.NEVER;
    long pendingSince = SensorState.NEVER;
    for (int i = 0; i < sensors.length; i++) {
      SensorState state = states.get(i);
      due = Math.min(due, sensors[i].due(state));
      pendingSince = Math.min(pendingSince, sensors[i].pendingSince(state));
    }
    return new OccupancyState(published, states, due, pendingSince);
  }

  /// The intermediate result of one step.
  private final class Progress {
    private OccupancyState state;
    private List<MachineState> transitions = List.of();

    Progress(OccupancyState state) {
      this.state = state;
    }

    SensorState sensor(int index) {
      return state.sensors().get(index);
    }

    /// Executes the deadlines up to `at` one by one, so that the frequency of ticks has no effect.
    void advanceTo(long at) {
      while (state.due() <= at) {
        int first = 0;
        while (sensors[first].due(sensor(first)) != state.due()) {
          first++;
        }
        replace(first, sensors[first].advance(sensor(first)));
      }
    }

    void replace(int index, SensorState changed) {
      SensorState before = sensor(index);
      List<SensorState> states = List.of(changed);
      if (sensors.length > 1) {
        SensorState[] all = state.sensors().toArray(SensorState[]::new);
        all[index] = changed;
        states = List.of(all);
      }
      boolean same = changed.verdict() == before.verdict() && changed.since() == before.since();
      state = state(same ? state.published() : publish(states), states);
    }

    private MachineState publish(List<SensorState> states) {
      MachineState combined = fusion.combine(machine, states);
      MachineState last = state.published();
      if (combined.status() == last.status() && combined.reason().equals(last.reason())) {
        return last;
      }
      // Free and occupied of the same time could not be put in order by who was sent the first of
      // them again, in a snapshot.
      boolean bothKnown =
          last.status() != MachineStatus.UNKNOWN && combined.status() != MachineStatus.UNKNOWN;
      Instant earliest = bothKnown ? last.since().plusMillis(1) : last.since();
      MachineState next =
          combined.since().isBefore(earliest)
              ? new MachineState(machine, combined.status(), earliest, combined.reason())
              : combined;
      if (transitions.isEmpty()) {
        transitions = new ArrayList<>(2);
      }
      transitions.add(next);
      return next;
    }

    Step step() {
      return new Step(state, transitions);
    }
  }
}
