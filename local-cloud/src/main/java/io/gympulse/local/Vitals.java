package io.gympulse.local;

import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the parts of a process can do their work: each is tried again and again, on a thread of
/// its own, so that one that hangs is noticed too. Thread-safe.
final class Vitals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);

  /// Tries what a part is there for.
  interface Probe {
    /// @return what is wrong, in words for operators; empty if nothing is
    /// @throws Exception if it cannot do its work; the message says why
    Optional<String> problem() throws Exception;
  }

  /// Something that throws if it cannot be done.
  interface Work {
    void run() throws Exception;
  }

  /// A part of the process.
  ///
  /// @param mortal whether the process ends when the part fails at several tries in a row: for what
  ///     does not come back in this process
  record Organ(String name, boolean mortal, Probe probe) {}

  /// How often a mortal part is tried before the process ends.
  private static final int MORTAL_FAILURES = 3;

  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final ProcessClock clock = ProcessClock.real();
  private final Parts parts = new Parts();
  private final Duration patience;
  private final Consumer<String> end;

  /// @param begunNanos when the try under way began; 0 if none is
  private record State(Optional<String> problem, int failures, long begunNanos) {}

  private Vitals(Duration patience, Consumer<String> end) {
    this.patience = patience;
    this.end = end;
  }

  /// Tries each now and after each pause.
  ///
  /// @param pause real time between two tries
  /// @param patience how long a try may take until the part is said to hang
  /// @param end is given one line when a mortal part has failed for good
  static Vitals watch(List<Organ> organs, Duration pause, Duration patience, Consumer<String> end) {
    Vitals vitals = new Vitals(patience, end);
    for (Organ organ : organs) {
      vitals.states.put(organ.name(), new State(Optional.empty(), 0, 0));
      vitals.parts.started(
          new Repeating("vitals " + organ.name(), Duration.ZERO, pause, () -> vitals.ask(organ)));
    }
    return vitals;
  }

  private void ask(Organ organ) {
    State before = state(organ.name());
    states.put(
        organ.name(), new State(before.problem(), before.failures(), Math.max(1, clock.nanos())));
    Optional<String> problem;
    try {
      problem = organ.probe().problem();
    } catch (Exception e) {
      problem = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    int failures = problem.isEmpty() ? 0 : before.failures() + 1;
    states.put(organ.name(), new State(problem, failures, 0));
    if (problem.isPresent() && before.problem().isEmpty()) {
      LOG.warn("{} cannot do its work: {}", organ.name(), problem.get());
    } else if (problem.isEmpty() && before.problem().isPresent()) {
      LOG.info("{} works again", organ.name());
    }
    if (organ.mortal() && failures == MORTAL_FAILURES) {
      end.accept("%s: %s".formatted(organ.name(), problem.orElse("")));
    }
  }

  /// What is wrong now, by part; empty if nothing is.
  Map<String, String> problems() {
    Map<String, String> problems = new TreeMap<>();
    states.forEach(
        (name, state) -> {
          if (state.begunNanos() > 0 && clock.nanos() - state.begunNanos() > patience.toNanos()) {
            problems.put(
                name, "does not answer for more than %d s".formatted(patience.toSeconds()));
          } else {
            state.problem().ifPresent(it -> problems.put(name, it));
          }
        });
    return problems;
  }

  private State state(String name) {
    return states.getOrDefault(name, new State(Optional.empty(), 0, 0));
  }

  @Override
  public void close() {
    parts.close();
  }
}
