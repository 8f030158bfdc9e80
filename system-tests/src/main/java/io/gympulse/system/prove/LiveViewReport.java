package io.gympulse.system.prove;

import io.gympulse.cloud.core.query.Branch.BranchMachine;
import io.gympulse.cloud.sqlite.SqliteQueries;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.system.environment.EnvironmentConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Prints and checks the figures of live views: stored current states, API responses, presence,
/// and the WebSocket's frames; with up to ten errors of each kind.
final class LiveViewReport {
  private static final int PRINTED_ERRORS = 10;

  /// The interval at which the cloud looks for silent gateways, on the processes' clock.
  private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

  private final List<FloorPlan> plans;
  private final EnvironmentConfig.Timing timing;
  private final PrintStream out;
  private final Failures failures;

  LiveViewReport(
      List<FloorPlan> plans, EnvironmentConfig.Timing timing, PrintStream out, Failures failures) {
    this.plans = List.copyOf(plans);
    this.timing = timing;
    this.out = out;
    this.failures = failures;
  }

  /// @return the figures, as `key=value` with a blank between
  String print(Path database, Observations observations, Expectations expectations) {
    Map<String, String> gyms = new HashMap<>();
    for (FloorPlan plan : plans) {
      plan.machines().forEach(it -> gyms.put(it.id().value(), plan.gym().id().value()));
    }
    CurrentStateCheck states =
        CurrentStateCheck.check(
            gyms.keySet(),
            storedStates(database),
            expectations.history(),
            expectations.tolerance());
    out.printf("states: checked=%d errors=%d%n", states.checked(), states.errors().size());
    printErrors(states.errors());
    CloudDowntimes cloudDowntimes =
        new CloudDowntimes(observations.cloudDowntimes(), expectations.tolerance());
    ApiResponseCheck.Requests requests = observations.requests();
    ApiResponseCheck responses = ApiResponseCheck.check(requests, cloudDowntimes, expectations);
    out.printf(
        "api: responses=%d failed_while_down=%d failed_requests=%d machines_checked=%d errors=%d%n",
        requests.responses().size(),
        requests.failed().size() - responses.failed().size(),
        responses.failed().size(),
        responses.checked(),
        responses.errors().size());
    printErrors(responses.failed());
    printErrors(responses.errors());
    PresenceCheck presence =
        PresenceCheck.check(
            requests.responses(),
            observations.downtimes().stream().filter(observations::isVisible).toList(),
            timing.offlineAfter().plus(SWEEP_INTERVAL),
            expectations);
    out.printf(
        "presence: online_expected=%d offline_expected=%d errors=%d%n",
        presence.online(), presence.offline(), presence.errors().size());
    printErrors(presence.errors());
    StreamCheck frames =
        StreamCheck.check(
            observations.frames(),
            new StreamCheck.Subscription(
                gyms, observations.connections(), cloudDowntimes, observations.end()),
            expectations);
    out.printf(
        "socket: connections=%d frames=%d expected=%d errors=%d%n",
        observations.connections().size(),
        frames.frames(),
        frames.expected(),
        frames.errors().size());
    printErrors(frames.errors());
    failures.requireChecked("current_states", states.checked());
    failures.requireChecked("api_responses", responses.checked());
    failures.requireChecked("frames", frames.frames());
    if (!observations.slowdowns().excusesAll()) {
      failures.requireChecked("presence", presence.online());
      failures.requireChecked("expected_frames", frames.expected());
    }
    failures.check("api_failed_requests", responses.failed().size());
    failures.check("state_error", states.errors().size());
    failures.check("api_error", responses.errors().size());
    failures.check("presence_error", presence.errors().size());
    failures.check("socket_error", frames.errors().size());
    return "state_error=%d api_error=%d presence_error=%d socket_error=%d"
        .formatted(
            states.errors().size(),
            responses.errors().size(),
            presence.errors().size(),
            frames.errors().size());
  }

  private void printErrors(List<?> errors) {
    errors.stream().limit(PRINTED_ERRORS).forEach(it -> out.println("  " + it));
  }

  private List<Expectations.ShownState> storedStates(Path database) {
    try (SqliteQueries queries = SqliteQueries.open(database)) {
      return plans.stream()
          .map(it -> queries.branches().find(it.gym().id()))
          .flatMap(Optional::stream)
          .flatMap(it -> it.machines().stream())
          .map(BranchMachine::state)
          .flatMap(Optional::stream)
          .map(
              it ->
                  new Expectations.ShownState(
                      it.machine().value(), it.status().wireName(), it.since()))
          .toList();
    }
  }
}
