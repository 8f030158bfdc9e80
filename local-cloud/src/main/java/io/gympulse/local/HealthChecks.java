package io.gympulse.local;

import io.gympulse.cloud.core.feed.UpdateFeed;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Periodic health checks of the process's components. Each check has its own thread, so that one
/// that hangs is detected as well. Thread-safe.
final class HealthChecks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthChecks.class);

  /// Checks a component by using it.
  interface Probe {
    /// @return the problem, in words for operators; empty if there is none
    /// @throws Exception if the component does not work; the message says why
    Optional<String> problem() throws Exception;
  }

  /// Something that throws if it fails.
  interface Action {
    void run() throws Exception;
  }

  /// The check of a component.
  ///
  /// @param fatal whether several failures in a row end the process: for components that cannot
  ///     recover in this process
  record Check(String component, boolean fatal, Probe probe) {

    /// A check that fails if the action throws; not fatal.
    static Check of(String component, Action action) {
      return new Check(
          component,
          false,
          () -> {
            action.run();
            return Optional.empty();
          });
    }

    /// Subscribes from the beginning and waits for an update; not fatal. Each machine and gateway
    /// has one, so there is one unless the store is empty.
    static Check ofFeed(UpdateFeed feed) {
      return new Check(
          "feed",
          false,
          () -> {
            if (feed.position() == 0) {
              return Optional.empty();
            }
            CountDownLatch updated = new CountDownLatch(1);
            try (UpdateFeed.Subscription _ = feed.subscribe(0, _ -> updated.countDown())) {
              return updated.await(FEED_SECONDS, TimeUnit.SECONDS)
                  ? Optional.empty()
                  : Optional.of(
                      "no update came within %d s of a subscription".formatted(FEED_SECONDS));
            }
          });
    }
  }

  private static final long FEED_SECONDS = 10;

  /// How many failures in a row of a fatal check end the process.
  private static final int MAX_FATAL_FAILURES = 3;

  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final ProcessClock clock = ProcessClock.real();
  private final Closer closer = new Closer();
  private final Duration timeout;
  private final Consumer<String> onFatal;

  /// @param startedNanos when the running check started; 0 if none is running
  private record State(Optional<String> problem, int failures, long startedNanos) {}

  private HealthChecks(Duration timeout, Consumer<String> onFatal) {
    this.timeout = timeout;
    this.onFatal = onFatal;
  }

  /// Runs each check now and then periodically.
  ///
  /// @param interval real time between two runs of a check
  /// @param timeout how long a run may take until it counts as hanging
  /// @param onFatal called with one line when a fatal check has failed too often
  static HealthChecks start(
      List<Check> all, Duration interval, Duration timeout, Consumer<String> onFatal) {
    HealthChecks checks = new HealthChecks(timeout, onFatal);
    for (Check check : all) {
      checks.states.put(check.component(), new State(Optional.empty(), 0, 0));
      checks.closer.register(
          new PeriodicTask(
              "health " + check.component(), Duration.ZERO, interval, () -> checks.run(check)));
    }
    return checks;
  }

  private void run(Check check) {
    State before = state(check.component());
    states.put(
        check.component(),
        new State(before.problem(), before.failures(), Math.max(1, clock.nanos())));
    Optional<String> problem;
    try {
      problem = check.probe().problem();
    } catch (Exception e) {
      problem = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    int failures = problem.isEmpty() ? 0 : before.failures() + 1;
    states.put(check.component(), new State(problem, failures, 0));
    if (problem.isPresent() && before.problem().isEmpty()) {
      LOG.warn("{} does not work: {}", check.component(), problem.get());
    } else if (problem.isEmpty() && before.problem().isPresent()) {
      LOG.info("{} works again", check.component());
    }
    if (check.fatal() && failures == MAX_FATAL_FAILURES) {
      onFatal.accept("%s: %s".formatted(check.component(), problem.orElse("")));
    }
  }

  /// The current problems, by component.
  Map<String, String> problems() {
    Map<String, String> problems = new TreeMap<>();
    states.forEach(
        (name, state) -> {
          if (state.startedNanos() > 0
              && clock.nanos() - state.startedNanos() > timeout.toNanos()) {
            problems.put(name, "does not answer for more than %d s".formatted(timeout.toSeconds()));
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
    closer.close();
  }
}
