package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.system.environment.StreamClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The machine updates that a client of the WebSocket received, compared with the recorded events:
/// in order, no state that did not occur, no missing event that had time to arrive while the client
/// was connected, and at the end the current state. The client must be connected whenever the
/// cloud serves.
///
/// @param frames received
/// @param expected events that had to arrive
/// @param errors a sentence each
record StreamCheck(int frames, int expected, List<String> errors) {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// @param gyms by machine
  /// @param connections of the client, in order
  /// @param to the end of the run
  record Subscription(
      Map<String, String> gyms,
      List<StreamClient.Connection> connections,
      CloudDowntimes downtimes,
      Instant to) {}

  /// @param frames of all connections, in order of arrival
  static StreamCheck check(List<Frame> frames, Subscription subscription, Expectations exact) {
    // Frames have whole seconds.
    Expectations expectations = exact.withTolerance(exact.tolerance().plus(SECOND));
    List<String> errors = new ArrayList<>(disconnections(subscription, exact));
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

  /// The times without a connection that no downtime of the cloud explains.
  private static List<String> disconnections(Subscription subscription, Expectations expectations) {
    List<String> errors = new ArrayList<>();
    List<StreamClient.Connection> connections = subscription.connections();
    for (int i = 0; i < connections.size(); i++) {
      Instant lost = connections.get(i).to();
      Instant next = i + 1 < connections.size() ? connections.get(i + 1).from() : subscription.to();
      if (lost.isAfter(subscription.to())) {
        continue;
      }
      Optional<Instant> deadline =
          subscription
              .downtimes()
              .reconnectedBefore(lost, expectations.deliveryTime(), expectations.slowdowns());
      if (deadline.isEmpty()) {
        errors.add("the connection ended at %s while the cloud served".formatted(lost));
      } else if (next.isAfter(deadline.get())) {
        errors.add(
            "there was no connection from %s to %s, long after the cloud served again"
                .formatted(lost, next));
      }
    }
    return errors;
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
      if (hadToArrive(gym, machine, i, subscription, expectations)) {
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

  /// Whether an event had to arrive during one of the connections.
  private static boolean hadToArrive(
      String gym, String machine, int index, Subscription subscription, Expectations expectations) {
    return subscription.connections().stream()
        .anyMatch(
            it -> {
              Instant end = it.to().isBefore(subscription.to()) ? it.to() : subscription.to();
              return expectations.hadToArrive(gym, machine, index, it.from(), end);
            });
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
