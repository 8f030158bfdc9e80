package io.gympulse.system.prove;

import io.gympulse.cloud.sqlite.SqliteCloudView;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.system.rig.RigPlan;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Judges what was shown of the present: kept states, answers of the API, presence, and the frames
/// of a member's WebSocket. Prints its figures and up to ten errors of each kind.
final class Views {
  private static final int PRINTED = 10;

  /// A twentieth of all requests.
  private static final int MOST_UNANSWERED = 20;

  /// From this slowdown on so much is excused that nothing may be left to expect.
  static final double SLOWED = 2;

  /// How long a silence may go on before it is looked at, on the processes' clock.
  private static final Duration LOOKED_AT_EVERY = Duration.ofMinutes(1);

  private final List<FloorPlan> plans;
  private final RigPlan.Timing timing;
  private final PrintStream out;
  private final Failures failures;

  Views(List<FloorPlan> plans, RigPlan.Timing timing, PrintStream out, Failures failures) {
    this.plans = List.copyOf(plans);
    this.timing = timing;
    this.out = out;
    this.failures = failures;
  }

  /// @return the figures, as `key=value` with a blank between
  String judge(Path database, Evidence evidence, Expectations expectations) {
    Map<String, String> gyms = new HashMap<>();
    for (FloorPlan plan : plans) {
      plan.machines().forEach(it -> gyms.put(it.id().value(), plan.gym().id().value()));
    }
    KeptStates kept =
        KeptStates.judge(
            gyms.keySet(), kept(database), expectations.truth(), expectations.tolerance());
    out.printf("states: judged=%d errors=%d%n", kept.judged(), kept.errors().size());
    print(kept.errors());
    ApiAnswers answers = ApiAnswers.judge(evidence.polls(), expectations);
    out.printf(
        "api: answers=%d unanswered=%d machines_judged=%d errors=%d%n",
        evidence.polls().size(), evidence.unanswered(), answers.judged(), answers.errors().size());
    print(answers.errors());
    Presences presences =
        Presences.judge(
            evidence.polls(),
            evidence.absences().stream().filter(evidence::showsAbsence).toList(),
            timing.offlineAfter().plus(LOOKED_AT_EVERY),
            expectations);
    out.printf(
        "presence: online_expected=%d offline_expected=%d errors=%d%n",
        presences.online(), presences.offline(), presences.errors().size());
    print(presences.errors());
    Sockets sockets =
        Sockets.judge(
            evidence.frames(),
            new Sockets.Watched(gyms, evidence.watchedFrom(), evidence.end()),
            expectations);
    out.printf(
        "socket: frames=%d expected=%d errors=%d%n",
        sockets.frames(), sockets.expected(), sockets.errors().size());
    print(sockets.errors());
    failures.requireJudged("kept_states", kept.judged());
    failures.requireJudged("api_answers", answers.judged());
    failures.requireJudged("frames", sockets.frames());
    if (evidence.slowdowns().mean() < SLOWED) {
      failures.requireJudged("presence", presences.online());
      failures.requireJudged("expected_frames", sockets.expected());
    }
    // The API is never killed; a few requests may meet a database that is being opened.
    boolean silent = evidence.unanswered() * MOST_UNANSWERED > evidence.polls().size();
    failures.check("api_unanswered", silent ? evidence.unanswered() : 0);
    failures.check("state_error", kept.errors().size());
    failures.check("api_error", answers.errors().size());
    failures.check("presence_error", presences.errors().size());
    failures.check("socket_error", sockets.errors().size());
    return "state_error=%d api_error=%d presence_error=%d socket_error=%d"
        .formatted(
            kept.errors().size(),
            answers.errors().size(),
            presences.errors().size(),
            sockets.errors().size());
  }

  private void print(List<String> errors) {
    errors.stream().limit(PRINTED).forEach(it -> out.println("  " + it));
  }

  private List<Shown> kept(Path database) {
    List<Shown> kept = new ArrayList<>();
    try (SqliteCloudView view = SqliteCloudView.open(database)) {
      for (FloorPlan plan : plans) {
        for (Machine machine : plan.machines()) {
          view.state(machine.id())
              .ifPresent(
                  it ->
                      kept.add(
                          new Shown(it.machine().value(), it.status().wireName(), it.since())));
        }
      }
    }
    return kept;
  }
}
