package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.system.environment.GymProcesses;
import io.gympulse.system.environment.OutboxCounters;
import io.gympulse.system.environment.TestEnvironment;
import io.gympulse.system.link.NetworkLink;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Waits at the end of a run until all events are delivered and aggregated.
final class Quiescence {
  /// An undisturbed time after the last fault, so that some notifications can be expected; real
  /// time of an unloaded machine, stretched by slowdowns up to the limit.
  private static final Duration UNDISTURBED_TIME = Duration.ofSeconds(30);

  private static final Duration UNDISTURBED_LIMIT = Duration.ofMinutes(4);
  private static final long UNDISTURBED_STEP_MILLIS = 250;
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);

  /// The number of reports after which the counters include the last event.
  private static final int REPORTS = 3;

  private static final Duration AGGREGATION_LIMIT = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Quiescence() {}

  static void awaitUndisturbedTime(Slowdowns slowdowns) throws InterruptedException {
    long deadline = System.nanoTime() + UNDISTURBED_LIMIT.toNanos();
    double left = UNDISTURBED_TIME.toMillis();
    while (left > 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(UNDISTURBED_STEP_MILLIS);
      left -= UNDISTURBED_STEP_MILLIS / slowdowns.latest();
    }
  }

  /// Stops the simulators, restores the links, and waits up to five minutes until the gateways
  /// have sent everything.
  static void drain(TestEnvironment environment, PrintStream out)
      throws IOException, InterruptedException {
    environment.gyms().forEach(it -> it.setLink(NetworkLink.State.UP));
    environment.gyms().forEach(GymProcesses::stopSimulator);
    List<Long> reports = environment.gyms().stream().map(it -> it.reportCount() + REPORTS).toList();
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (!(haveReported(environment, reports) && isDrained(environment))
        && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    OutboxCounters counters = environment.counters();
    out.printf(
        "drained: waiting %d, acknowledged %d, quarantined %d%n",
        counters.waiting(), counters.acknowledged(), counters.quarantined());
  }

  private static boolean haveReported(TestEnvironment environment, List<Long> reports) {
    return IntStream.range(0, reports.size())
        .allMatch(it -> environment.gyms().get(it).reportCount() >= reports.get(it));
  }

  /// On a busy machine reports are late: the counters must include all recorded events. Those of
  /// a cloned gateway cannot be compared, as they restart with a new outbox.
  private static boolean isDrained(TestEnvironment environment) throws IOException {
    for (GymProcesses gym : environment.gyms()) {
      try (Stream<String> lines = Files.lines(gym.recordFile())) {
        boolean counted = gym.counters().recorded() >= lines.count();
        if (gym.clones().isEmpty() ? !counted : !gym.counters().allSent()) {
          return false;
        }
      }
    }
    return environment.counters().waiting() == 0;
  }

  /// Waits up to five minutes until no window is due.
  ///
  /// @param health address of the cloud's health
  /// @param until the time, on the cloud's clock, up to which coverage must be proven
  /// @return whether that was reached
  static boolean awaitAggregates(URI health, Instant until) throws InterruptedException {
    long deadline = System.nanoTime() + AGGREGATION_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (areAggregatesComplete(health, until)) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return false;
  }

  private static boolean areAggregatesComplete(URI health, Instant until) {
    try (InputStream body = health.toURL().openStream()) {
      JsonNode aggregates = JSON.readTree(body).path("aggregates");
      return aggregates.path("dueWindows").asInt(-1) == 0
          && aggregates.hasNonNull("coveredTo")
          && !Instant.parse(aggregates.path("coveredTo").asText()).isBefore(until);
    } catch (IOException e) {
      return false;
    }
  }
}
