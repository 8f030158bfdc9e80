package io.gympulse.cloud.ingest;

import static io.gympulse.contract.message.Rejection.RejectionCode.UNKNOWN_MACHINE;
import static io.gympulse.contract.message.Rejection.RejectionCode.WRONG_GATEWAY;

import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.floorplan.FloorPlans.RegisteredMachine;
import io.gympulse.cloud.core.gateway.Gateway.AffectedWindow;
import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
import io.gympulse.cloud.ingest.AckPublisher.BatchAck;
import io.gympulse.cloud.ingest.AckPublisher.Target;
import io.gympulse.cloud.ingest.IngestResult.Conflict;
import io.gympulse.cloud.ingest.RuleOutputReader.InboundMessage.Origin;
import io.gympulse.cloud.ingest.Validator.MachineLocations;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.message.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks each machine's state in a message: only the machine's own gateway, or its own gym, may
/// report it, and no state may be later than the message. Adds what is accepted and rejected to the
/// message's result.
final class OwnershipCheck {
  private static final Sequence FIRST = new Sequence(1);

  private final MachineLocations locations;
  private final Duration offlineAfter;
  private final UnaryOperator<Instant> expiryTime;
  private final Set<Conflict> conflicts;

  /// @param offlineAfter the age at which a message no longer describes the present
  /// @param expiryTime maps a message's time of arrival to the time by which events expire
  /// @param conflicts events that the store has rejected
  OwnershipCheck(
      MachineLocations locations,
      Duration offlineAfter,
      UnaryOperator<Instant> expiryTime,
      Set<Conflict> conflicts) {
    this.locations = locations;
    this.offlineAfter = offlineAfter;
    this.expiryTime = expiryTime;
    this.conflicts = conflicts;
  }

  private sealed interface Verdict {
    record Accepted(RegisteredMachine place) implements Verdict {}

    record Rejected(RejectionCode code, String detail) implements Verdict {
      static Rejected of(Rejection rejection) {
        return new Rejected(rejection.code(), rejection.detail());
      }
    }
  }

  void checkBatch(EventBatch batch, Origin origin, IngestResult result) {
    GatewayAddress from = batch.from();
    Instant receivedAt = origin.receivedAt();
    boolean present = batch.kind() == BatchKind.LIVE && isFresh(batch.sentAt(), receivedAt);
    List<MachineEvent> accepted = new ArrayList<>();
    List<AffectedWindow> touched = new ArrayList<>(batch.events().size());
    List<RejectedRange> rejected = new ArrayList<>();
    // A gateway without a floor plan may have started before its plan was registered.
    boolean planPending = !locations.isKnown(from);
    Horizon horizon = Horizon.of(receivedAt, expiryTime.apply(receivedAt));
    for (int i = 0; i < batch.events().size(); i++) {
      MachineEvent event = batch.events().get(i);
      switch (check(batch, event, receivedAt, result)) {
        case Verdict.Accepted(RegisteredMachine place) -> {
          accepted.add(event);
          // A summary may begin in time that is covered already.
          Stream.concat(Stream.of(event.at()), event.summary().map(Summary::from).stream())
              .filter(it -> horizon.contains(Window.of(it)))
              .forEach(it -> touched.add(new AffectedWindow(place.machine().category(), it)));
          result.addState(asOf(stateBy(event, from.gym(), place), present));
        }
        case Verdict.Rejected(RejectionCode code, String detail) -> {
          result.reject(origin, new Rejection(code, "events[%d]".formatted(i), detail));
          // One range per event: the gateway bisects longer ranges.
          boolean retryable = code.retryable() || (planPending && dependsOnPlan(code));
          rejected.add(new RejectedRange(SeqRange.of(event.seq()), code, detail, retryable));
        }
      }
    }
    if (!accepted.isEmpty()) {
      result.addEvents(from, batch.outbox(), accepted);
      result.addGatewayUpdate(GatewayUpdate.stored(from, touched));
      firstEventAt(accepted)
          .map(it -> it.isBefore(horizon.oldest()) ? horizon.oldest() : it)
          .map(it -> Coverage.startingAt(batch.outbox(), it))
          .ifPresent(it -> result.addGatewayUpdate(GatewayUpdate.of(from, it)));
    }
    List<SeqRange> stored = accepted.stream().map(MachineEvent::standsFor).toList();
    Target target = new Target(from, batch.outbox(), batch.sender());
    result.acknowledge(new BatchAck(target, batch.kind(), stored, List.copyOf(rejected)));
  }

  /// Whether a floor plan that is registered later can make the same event acceptable.
  private static boolean dependsOnPlan(RejectionCode code) {
    return code == UNKNOWN_MACHINE || code == WRONG_GATEWAY;
  }

  /// The time of the outbox's first event, if it is among these.
  private static Optional<Instant> firstEventAt(List<MachineEvent> events) {
    return events.stream()
        .filter(it -> it.standsFor().first().equals(FIRST))
        .findFirst()
        .map(it -> it.summary().map(Summary::from).orElse(it.at()));
  }

  private boolean isFresh(Instant sentAt, Instant receivedAt) {
    return sentAt.plus(offlineAfter).isAfter(receivedAt);
  }

  private static CurrentState asOf(CurrentState state, boolean present) {
    return present ? state : state.past();
  }

  void checkSnapshot(Snapshot snapshot, Origin origin, IngestResult result) {
    GatewayAddress from = snapshot.from();
    Instant receivedAt = origin.receivedAt();
    boolean present = isFresh(snapshot.sentAt(), receivedAt);
    for (int i = 0; i < snapshot.machines().size(); i++) {
      MachineState state = snapshot.machines().get(i);
      switch (check(from, state.machine(), state.since(), snapshot.sentAt(), receivedAt, result)) {
        case Verdict.Accepted(RegisteredMachine place) ->
            result.addState(asOf(stateBy(state, snapshot.sentAt(), from.gym(), place), present));
        case Verdict.Rejected(RejectionCode code, String detail) ->
            result.reject(origin, new Rejection(code, "machines[%d]".formatted(i), detail));
      }
    }
  }

  void checkReport(StatusReport report, Origin origin, IngestResult result) {
    GymId gym = report.gym();
    Instant receivedAt = origin.receivedAt();
    switch (check(gym, report.machine(), receivedAt, result, it -> it.gym().equals(gym))) {
      case Verdict.Accepted(RegisteredMachine place) -> {
        result.addReport(report);
        result.addState(asOf(stateBy(report, place), isFresh(report.at(), receivedAt)));
        result.addGatewayUpdate(
            GatewayUpdate.dirty(place.owner(), windowsOf(report, place, receivedAt)));
      }
      case Verdict.Rejected(RejectionCode code, String detail) ->
          result.reject(origin, new Rejection(code, "machineId", detail));
    }
  }

  /// The windows in which the report begins and expires, without those whose events have expired.
  private Set<DirtyWindow> windowsOf(
      StatusReport report, RegisteredMachine place, Instant receivedAt) {
    Horizon horizon = Horizon.of(receivedAt, expiryTime.apply(receivedAt));
    return Stream.of(report.at(), report.at().plus(Coverage.OF_REPORT))
        .map(Window::of)
        .filter(horizon::contains)
        .map(it -> new DirtyWindow(place.machine().category(), it))
        .collect(Collectors.toSet());
  }

  /// Checks ownership before conflicts, so that no client can probe outboxes by others' machines.
  private Verdict check(
      EventBatch batch, MachineEvent event, Instant receivedAt, IngestResult result) {
    Verdict verdict =
        check(batch.from(), event.machine(), event.at(), batch.sentAt(), receivedAt, result);
    Conflict conflict = new Conflict(batch.from(), batch.outbox(), event);
    return verdict instanceof Verdict.Accepted && conflicts.contains(conflict)
        ? Verdict.Rejected.of(Rejections.outboxConflict(conflict))
        : verdict;
  }

  private Verdict check(
      GatewayAddress from,
      MachineId machine,
      Instant at,
      Instant sentAt,
      Instant receivedAt,
      IngestResult result) {
    Optional<Rejection> impossible = Rejections.impossibleTime("at", at);
    if (impossible.isPresent()) {
      return Verdict.Rejected.of(impossible.get());
    }
    if (at.isAfter(sentAt)) {
      return Verdict.Rejected.of(Rejections.afterSent(at, sentAt));
    }
    return check(from.gym(), machine, receivedAt, result, from::equals);
  }

  private Verdict check(
      GymId gym,
      MachineId machine,
      Instant receivedAt,
      IngestResult result,
      Predicate<GatewayAddress> isOwner) {
    Optional<RegisteredMachine> place = locations.locate(gym, machine);
    if (place.isEmpty()) {
      result.addUnknownMachine(gym, machine, receivedAt);
      return Verdict.Rejected.of(Rejections.unknownMachine(machine));
    }
    return isOwner.test(place.get().owner())
        ? new Verdict.Accepted(place.get())
        : Verdict.Rejected.of(Rejections.foreignMachine(machine));
  }

  private static CurrentState stateBy(MachineEvent event, GymId gym, RegisteredMachine place) {
    return new CurrentState(
        event.machine(),
        gym,
        place.machine().category(),
        event.status(),
        event.reason(),
        event.at(),
        event.at(),
        event.seq().value());
  }

  private static CurrentState stateBy(
      MachineState state, Instant asOf, GymId gym, RegisteredMachine place) {
    return new CurrentState(
        state.machine(),
        gym,
        place.machine().category(),
        state.status(),
        state.reason(),
        state.since(),
        asOf,
        0);
  }

  private static CurrentState stateBy(StatusReport report, RegisteredMachine place) {
    return new CurrentState(
        report.machine(),
        report.gym(),
        place.machine().category(),
        report.status(),
        Optional.empty(),
        report.at(),
        report.at(),
        0);
  }
}
