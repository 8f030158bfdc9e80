package io.gympulse.system.prove;

import io.gympulse.cloud.sqlite.SqliteCloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.system.environment.EnvironmentConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Prints and checks the figures of live views: stored current states, API responses, presence,
/// and the WebSocket's frames; with up to ten errors of each kind.
final class LiveViewReport {
  private static final int PRINTED_ERRORS = 10;

  /// At most one of so many requests may fail.
  private static final int REQUESTS_PER_FAILURE = 20;

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
    ApiResponseCheck responses = ApiResponseCheck.check(observations.responses(), expectations);
    out.printf(
        "api: responses=%d failed_requests=%d machines_checked=%d errors=%d%n",
        observations.responses().size(),
        observations.failedRequests(),
        responses.checked(),
        responses.errors().size());
    printErrors(responses.errors());
    PresenceCheck presence =
        PresenceCheck.check(
            observations.responses(),
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
            new StreamCheck.Subscription(gyms, observations.connectedAt(), observations.end()),
            expectations);
    out.printf(
        "socket: frames=%d expected=%d errors=%d%n",
        frames.frames(), frames.expected(), frames.errors().size());
    printErrors(frames.errors());
    failures.requireChecked("current_states", states.checked());
    failures.requireChecked("api_responses", responses.checked());
    failures.requireChecked("frames", frames.frames());
    if (!observations.slowdowns().excusesAll()) {
      failures.requireChecked("presence", presence.online());
      failures.requireChecked("expected_frames", frames.expected());
    }
    // The API is never killed, but a few requests may fail while the database is being opened.
    boolean tooManyFailed =
        observations.failedRequests() * REQUESTS_PER_FAILURE > observations.responses().size();
    failures.check("api_failed_requests", tooManyFailed ? observations.failedRequests() : 0);
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

  private void printErrors(List<String> errors) {
    errors.stream().limit(PRINTED_ERRORS).forEach(it -> out.println("  " + it));
  }

  private List<Expectations.ShownState> storedStates(Path database) {
    List<Expectations.ShownState> states = new ArrayList<>();
    try (SqliteCloudView view = SqliteCloudView.open(database)) {
      for (FloorPlan plan : plans) {
        for (Machine machine : plan.machines()) {
          view.state(machine.id())
              .ifPresent(
                  it ->
                      states.add(
                          new Expectations.ShownState(
                              it.machine().value(), it.status().wireName(), it.since())));
        }
      }
    }
    return states;
  }
}
