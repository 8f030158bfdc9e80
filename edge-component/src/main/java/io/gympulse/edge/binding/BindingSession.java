package io.gympulse.edge.binding;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.Sensor.Behaviour;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.json.JsonTree;
import io.gympulse.edge.binding.Candidate.Polarity;
import io.gympulse.edge.binding.TopicRecognizer.Observation;
import io.gympulse.edge.binding.TouchMatcher.Ranked;
import io.gympulse.edge.binding.TouchMatcher.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One round of an installer through the gym: the machines in the order of the plan, those without
/// a sensor first, and what has been bound so far. A certain verdict is bound at once and the next
/// machine comes up; each binding is written to the floor plan's file.
///
/// At most 2,000 candidates are kept; further ones are counted. Thread-safe.
public final class BindingSession {
  static final int MAX_CANDIDATES = 2_000;

  private final FloorPlanDraft draft;
  private final InstantSource clock;
  private final TopicRecognizer recognizer = new TopicRecognizer();
  private final TouchMatcher matcher;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Map<String, Binding> bound = new HashMap<>();
  private final Deque<Binding> history = new ArrayDeque<>();
  private final List<MachineId> order;
  private Optional<MachineId> current;
  private long leftOut;
  private String message = "";

  /// A candidate and its last value.
  private static final class Seen {
    final Candidate candidate;
    Optional<Boolean> high = Optional.empty();
    // The value after the first change of the present machine's touches.
    Optional<Boolean> afterTouch = Optional.empty();

    Seen(Candidate candidate) {
      this.candidate = candidate;
    }
  }

  /// @param before the machine's sensors as they were in the file
  /// @param touches how many it took; 0 if it was chosen by hand
  private record Binding(
      MachineId machine, Candidate candidate, int touches, ArrayNode before, Instant at) {}

  /// @param clock the gateway's timeline
  /// @throws FloorPlanException if the file is not a valid floor plan
  public BindingSession(Path floorPlan, InstantSource clock) throws FloorPlanException {
    this.draft = FloorPlanDraft.read(floorPlan);
    this.clock = clock;
    this.matcher = new TouchMatcher(clock.instant());
    List<MachineId> machines = new ArrayList<>();
    draft.plan().machines().stream()
        .filter(it -> it.sensors().isEmpty())
        .forEach(it -> machines.add(it.id()));
    this.current = machines.stream().findFirst();
    draft.plan().machines().stream()
        .filter(it -> !it.sensors().isEmpty())
        .forEach(it -> machines.add(it.id()));
    this.order = List.copyOf(machines);
  }

  /// A message of the sensors' broker.
  ///
  /// @param retained whether the broker had kept it, so that it is no change
  public synchronized void received(String topic, byte[] payload, boolean retained) {
    recognizer.observations(topic, payload).forEach(it -> observed(it, retained));
  }

  /// The level of a GPIO line that no sensor of the plan uses.
  ///
  /// @param initial whether it is the level at the start
  public synchronized void level(int line, boolean high, boolean initial) {
    ObjectNode source = JsonTree.object().put("type", "gpio").put("line", line);
    observed(
        new Observation(
            new Candidate(
                "gpio " + line, "GPIO line " + line, Behaviour.CONTACT, source, Polarity.LEVEL),
            high),
        initial);
  }

  private void observed(Observation observation, boolean known) {
    advance();
    String key = observation.candidate().key();
    if (!seen.containsKey(key) && seen.size() >= MAX_CANDIDATES) {
      leftOut++;
      return;
    }
    Seen candidate = seen.computeIfAbsent(key, _ -> new Seen(observation.candidate()));
    matcher.add(key);
    boolean changed = !candidate.high.equals(Optional.of(observation.high()));
    candidate.high = Optional.of(observation.high());
    if (changed && !known) {
      matcher.changed(key, clock.instant());
      if (matcher.touchEnds().isPresent() && candidate.afterTouch.isEmpty()) {
        candidate.afterTouch = candidate.high;
      }
    }
  }

  /// Ends a touch that is over, and binds what is certain.
  public synchronized void advance() {
    boolean touching = matcher.touchEnds().isPresent();
    matcher.advance(clock.instant());
    if (touching && matcher.touchEnds().isEmpty() && current.isPresent()) {
      judge(current.get());
    }
  }

  private void judge(MachineId machine) {
    switch (matcher.verdict(taken())) {
      case Verdict.Certain(Ranked found) ->
          seen(found.candidate()).ifPresent(it -> bind(machine, it, matcher.touches()));
      case Verdict.Taken(Ranked found) ->
          message =
              "What moves is %s, which is bound already. Are you at the right machine?"
                  .formatted(seen(found.candidate()).map(it -> it.candidate.label()).orElse(""));
      case Verdict.Unsure it when it.ranked().isEmpty() ->
          message = "Nothing moved. Touch it once more.";
      case Verdict.Unsure _ -> message = "Not certain yet. Touch it once more.";
      case Verdict.Missing _ ->
          message = "No sensor moved. Is it switched on and joined? Touch again, or skip it.";
      case Verdict.Pending _ -> {}
    }
  }

  private Optional<Seen> seen(String key) {
    return Optional.ofNullable(seen.get(key));
  }

  /// The candidates that are bound to a machine other than the present one, by this round or by the
  /// plan.
  private Set<String> taken() {
    return seen.values().stream()
        .filter(it -> owner(it.candidate).filter(owner -> !isCurrent(owner)).isPresent())
        .map(it -> it.candidate.key())
        .collect(Collectors.toSet());
  }

  private boolean isCurrent(MachineId machine) {
    return current.filter(machine::equals).isPresent();
  }

  /// The machine whose sensor in the plan reads the same value.
  private Optional<MachineId> owner(Candidate candidate) {
    Binding binding = bound.get(candidate.key());
    if (binding != null) {
      return Optional.of(binding.machine());
    }
    return draft.plan().machines().stream()
        .filter(it -> it.sensors().stream().anyMatch(sensor -> reads(sensor.source(), candidate)))
        .map(Machine::id)
        .findFirst();
  }

  private static boolean reads(SourceConfig source, Candidate candidate) {
    return switch (source) {
      case SourceConfig.Mqtt it ->
          candidate.key().startsWith("mqtt ")
              && PlannedTopics.reads(it.mapping(), candidate.key().substring("mqtt ".length()));
      case SourceConfig.Gpio it ->
          candidate.key().equals("gpio " + it.line()) && it.chip().map(GpioChip::value).isEmpty();
    };
  }

  private void bind(MachineId machine, Seen found, int touches) {
    ArrayNode before = draft.sensors(machine);
    boolean active = found.afterTouch.or(() -> found.high).orElse(true);
    ArrayNode sensors = JsonTree.object().putArray("sensors");
    sensors.add(FloorPlanDraft.sensor(machine, found.candidate, active));
    try {
      draft.replaceSensors(machine, sensors);
    } catch (FloorPlanException e) {
      message = "The floor plan was not changed: " + e.getMessage();
      return;
    }
    Binding binding = new Binding(machine, found.candidate, touches, before, clock.instant());
    bound.values().removeIf(it -> it.machine().equals(machine));
    bound.put(found.candidate.key(), binding);
    history.addLast(binding);
    message = "%s is on %s.".formatted(name(machine), found.candidate.label());
    select(next(machine));
  }

  private String name(MachineId machine) {
    return draft.plan().machine(machine).map(Machine::name).orElse(machine.value());
  }

  /// The first machine after this one that has no sensor, else the first of all.
  private Optional<MachineId> next(MachineId machine) {
    List<MachineId> open =
        order.stream()
            .filter(it -> draft.plan().machine(it).filter(at -> at.sensors().isEmpty()).isPresent())
            .toList();
    int position = order.indexOf(machine);
    return open.stream()
        .filter(it -> order.indexOf(it) > position)
        .findFirst()
        .or(() -> open.stream().findFirst());
  }

  private void select(Optional<MachineId> machine) {
    current = machine;
    matcher.nextMachine(clock.instant());
    seen.values().forEach(it -> it.afterTouch = Optional.empty());
  }

  /// Begins a touch of the present machine.
  public synchronized void touch() {
    advance();
    if (current.isPresent()) {
      message = "";
      matcher.beginTouch(clock.instant());
    }
  }

  /// Goes on with another machine.
  ///
  /// @return whether the plan has it
  public synchronized boolean select(MachineId machine) {
    if (!order.contains(machine)) {
      return false;
    }
    message = "";
    select(Optional.of(machine));
    return true;
  }

  /// Leaves the present machine for later.
  public synchronized void skip() {
    message = "";
    current.ifPresent(it -> select(next(it).filter(next -> !next.equals(it)).or(() -> current)));
  }

  /// Binds a candidate to the present machine, as the installer says.
  ///
  /// @return whether there is such a candidate, and it is free
  public synchronized boolean choose(String key) {
    Seen chosen = seen.get(key);
    if (current.isEmpty() || chosen == null || taken().contains(key)) {
      return false;
    }
    bind(current.get(), chosen, 0);
    return true;
  }

  /// Takes the last binding back and goes to its machine.
  ///
  /// @return whether there was one
  public synchronized boolean undo() {
    if (history.isEmpty()) {
      return false;
    }
    Binding last = history.getLast();
    try {
      draft.replaceSensors(last.machine(), last.before());
    } catch (FloorPlanException e) {
      message = "The floor plan was not changed: " + e.getMessage();
      return true;
    }
    history.removeLast();
    bound.remove(last.candidate().key());
    message = "%s is free again.".formatted(name(last.machine()));
    select(Optional.of(last.machine()));
    return true;
  }

  /// How binding stands.
  ///
  /// @param touchEndsIn empty if no touch is under way
  /// @param ranked candidates for the present machine, best first
  /// @param candidates how many are known
  /// @param leftOut messages of further ones
  public record View(
      List<MachineView> machines,
      Optional<MachineId> current,
      Optional<Duration> touchEndsIn,
      int touches,
      List<CandidateView> ranked,
      int candidates,
      long leftOut,
      String message) {
    public View {
      machines = List.copyOf(machines);
      ranked = List.copyOf(ranked);
    }
  }

  /// @param sensors in words, empty if there is none
  /// @param touches how many it took in this round; empty if it was not bound in this round
  /// @param at when it was bound in this round, on the gateway's timeline
  public record MachineView(
      MachineId id,
      String name,
      String category,
      List<String> sensors,
      Optional<Integer> touches,
      Optional<Instant> at) {
    public MachineView {
      sensors = List.copyOf(sensors);
    }
  }

  public record CandidateView(String key, String label, double probability) {}

  public synchronized View view() {
    advance();
    List<CandidateView> ranked =
        matcher.verdict(taken()) instanceof Verdict.Unsure it
            ? it.ranked().stream()
                .flatMap(
                    found ->
                        seen(found.candidate()).stream()
                            .map(
                                known ->
                                    new CandidateView(
                                        found.candidate(),
                                        known.candidate.label(),
                                        found.probability())))
                .toList()
            : List.of();
    return new View(
        order.stream().map(this::view).toList(),
        current,
        matcher.touchEnds().map(it -> Duration.between(clock.instant(), it)),
        matcher.touches(),
        ranked,
        seen.size(),
        leftOut,
        message);
  }

  private MachineView view(MachineId id) {
    Machine machine = draft.plan().machine(id).orElseThrow();
    Optional<Binding> binding =
        bound.values().stream().filter(it -> it.machine().equals(id)).findFirst();
    List<String> sensors =
        binding
            .map(it -> List.of(it.candidate().label()))
            .orElseGet(
                () ->
                    machine.sensors().stream()
                        .map(it -> PlannedTopics.description(it.source()))
                        .toList());
    return new MachineView(
        id,
        machine.name(),
        machine.category().value(),
        sensors,
        binding.map(Binding::touches),
        binding.map(Binding::at));
  }
}
