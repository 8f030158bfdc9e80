package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The machine updates of a WebSocket, compared with the recorded events: in order, no state that
/// did not occur, no missing event that had time to arrive, and at the end the current state.
///
/// @param frames received
/// @param expected events that had to arrive
/// @param errors a sentence each
record StreamCheck(int frames, int expected, List<String> errors) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// @param gyms by machine
  /// @param from when the WebSocket was connected
  /// @param to the end of the run
  record Subscription(Map<String, String> gyms, Instant from, Instant to) {}

  /// @param frames of one WebSocket, in order of arrival
  static StreamCheck check(List<Frame> frames, Subscription subscription, Expectations exact) {
    // Frames have whole seconds.
    Expectations expectations = exact.withTolerance(exact.tolerance().plus(SECOND));
    List<String> errors = new ArrayList<>();
    Map<String, List<Frame>> byMachine = new HashMap<>();
    for (Frame frame : frames) {
      List<Frame> its = byMachine.computeIfAbsent(frame.state().machine(), _ -> new ArrayList<>());
      if (!its.isEmpty() && frame.state().since().isBefore(its.getLast().state().since())) {
        errors.add("%s came after %s".formatted(frame, its.getLast()));
      }
      its.add(frame);
      expectations
          .problem(frame.gym(), frame.state(), frame.at(), frame.at())
          .ifPresent(errors::add);
    }
    int expected = 0;
    for (Map.Entry<String, String> machine : subscription.gyms().entrySet()) {
      List<Frame> its = byMachine.getOrDefault(machine.getKey(), List.of());
      expected +=
          countExpected(
              machine.getKey(), machine.getValue(), its, subscription, expectations, errors);
    }
    return new StreamCheck(frames.size(), expected, List.copyOf(errors));
  }

  private static int countExpected(
      String machine,
      String gym,
      List<Frame> frames,
      Subscription subscription,
      Expectations expectations,
      List<String> errors) {
    int expected = 0;
    List<RecordedHistory.Entry> entries = expectations.history().of(machine);
    Duration tolerance = expectations.tolerance();
    for (int i = 0; i < entries.size(); i++) {
      if (expectations.hadToArrive(gym, machine, i, subscription.from(), subscription.to())) {
        expected++;
        RecordedHistory.Entry entry = entries.get(i);
        if (frames.stream()
            .noneMatch(it -> it.state().matches(entry.event().status(), entry.at(), tolerance))) {
          errors.add("no frame arrived for %s".formatted(entry));
        }
        Optional<Frame> last = frames.isEmpty() ? Optional.empty() : Optional.of(frames.getLast());
        boolean isLast = i == entries.size() - 1;
        if (isLast
            && last.filter(it -> it.state().matches(entry.event().status(), entry.at(), tolerance))
                .isEmpty()) {
          errors.add("the last frame is %s, the current state is %s".formatted(last, entry));
        }
      }
    }
    return expected;
  }

  /// A machine update received from the WebSocket.
  ///
  /// @param at when it arrived, by the processes' clock
  record Frame(Instant at, String gym, Expectations.ShownState state) {

    /// @param body of type `machine_update`
    static Frame of(Instant at, JsonNode body) {
      return new Frame(
          at,
          body.required("gymId").textValue(),
          new Expectations.ShownState(
              body.required("machineId").textValue(),
              body.required("status").textValue(),
              Instant.ofEpochSecond(body.required("lastChange").longValue())));
    }
  }
}
