package io.gympulse.system.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came over a member's WebSocket, against the truth: in order, nothing that was not so,
/// nothing left out that had the time, and at the end what holds.
///
/// @param frames that came
/// @param expected events that had to come
/// @param errors what is wrong, a sentence each
record Sockets(int frames, int expected, List<String> errors) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// What was watched.
  ///
  /// @param gyms by machine
  /// @param from when the socket was open
  record Watched(Map<String, String> gyms, Instant from, Instant to) {}

  /// @param frames of one socket, in the order in which they came
  static Sockets judge(List<Frame> frames, Watched watched, Expectations exact) {
    // A frame has whole seconds.
    Expectations expectations = exact.within(exact.tolerance().plus(SECOND));
    List<String> errors = new ArrayList<>();
    Map<String, List<Frame>> byMachine = new HashMap<>();
    for (Frame frame : frames) {
      List<Frame> its = byMachine.computeIfAbsent(frame.shown().machine(), _ -> new ArrayList<>());
      if (!its.isEmpty() && frame.shown().since().isBefore(its.getLast().shown().since())) {
        errors.add("%s came after %s".formatted(frame, its.getLast()));
      }
      its.add(frame);
      expectations
          .problem(frame.gym(), frame.shown(), frame.at(), frame.at())
          .ifPresent(errors::add);
    }
    int expected = 0;
    for (Map.Entry<String, String> machine : watched.gyms().entrySet()) {
      List<Frame> its = byMachine.getOrDefault(machine.getKey(), List.of());
      expected +=
          arrivals(machine.getKey(), machine.getValue(), its, watched, expectations, errors);
    }
    return new Sockets(frames.size(), expected, List.copyOf(errors));
  }

  private static int arrivals(
      String machine,
      String gym,
      List<Frame> frames,
      Watched watched,
      Expectations expectations,
      List<String> errors) {
    int expected = 0;
    List<Truth.Entry> entries = expectations.truth().of(machine);
    Duration tolerance = expectations.tolerance();
    for (int i = 0; i < entries.size(); i++) {
      if (expectations.hadToArrive(gym, machine, i, watched.from(), watched.to())) {
        expected++;
        Truth.Entry entry = entries.get(i);
        if (frames.stream()
            .noneMatch(it -> it.shown().shows(entry.event().status(), entry.at(), tolerance))) {
          errors.add("no frame came for %s".formatted(entry));
        }
        Optional<Frame> last = frames.isEmpty() ? Optional.empty() : Optional.of(frames.getLast());
        boolean isLast = i == entries.size() - 1;
        if (isLast
            && last.filter(it -> it.shown().shows(entry.event().status(), entry.at(), tolerance))
                .isEmpty()) {
          errors.add("the last frame is %s, and %s holds".formatted(last, entry));
        }
      }
    }
    return expected;
  }
}
