package io.gympulse.cloud.ingest;

import static io.gympulse.contract.message.RejectionCode.EVENT_AFTER_SENT;
import static io.gympulse.contract.message.RejectionCode.OUTBOX_CONFLICT;
import static io.gympulse.contract.message.RejectionCode.UNKNOWN_MACHINE;
import static io.gympulse.contract.message.RejectionCode.WRONG_GATEWAY;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Horizon;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.floor.MachinePlace;
import io.gympulse.cloud.core.gateway.GatewayNews;
import io.gympulse.cloud.core.gateway.Touched;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.event.Summary;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.RejectionCode;
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

/// Judges one by one what messages say of machines: only the machine's own gateway, or its own gym,
/// may speak of it, and only of the past.
final class Claims {
  private static final Sequence FIRST = new Sequence(1);

  private final Places places;
  private final Duration offlineAfter;
  private final UnaryOperator<Instant> expiryTime;
  private final Set<OutboxConflict> conflicts;

  /// @param offlineAfter how long a message may be under way and still speak of the present
  /// @param expiryTime the time by which events expire, given when a message was received
  /// @param conflicts events that the store has refused
  Claims(
      Places places,
      Duration offlineAfter,
      UnaryOperator<Instant> expiryTime,
      Set<OutboxConflict> conflicts) {
    this.places = places;
    this.offlineAfter = offlineAfter;
    this.expiryTime = expiryTime;
    this.conflicts = conflicts;
  }

  private sealed interface Standing {
    record Good(MachinePlace place) implements Standing {}

    record Bad(RejectionCode code, String detail) implements Standing {}
  }

  void ofBatch(EventBatch batch, Instant receivedAt, Draft draft) {
    GatewayAddress from = batch.from();
    boolean present = batch.kind() == BatchKind.LIVE && isFresh(batch.sentAt(), receivedAt);
    List<MachineEvent> taken = new ArrayList<>();
    List<Touched> touched = new ArrayList<>(batch.events().size());
    List<RejectedRange> refused = new ArrayList<>();
    // A gateway that is on no floor plan may have started before its plan was registered.
    boolean planPending = !places.know(from);
    Horizon horizon = Horizon.of(receivedAt, expiryTime.apply(receivedAt));
    for (int i = 0; i < batch.events().size(); i++) {
      MachineEvent event = batch.events().get(i);
      switch (standing(batch, event, receivedAt, draft)) {
        case Standing.Good(MachinePlace place) -> {
          taken.add(event);
          // What it stands for may reach into covered time from behind its end.
          Stream.concat(Stream.of(event.at()), event.summary().map(Summary::from).stream())
              .filter(it -> horizon.holds(Window.of(it)))
              .forEach(it -> touched.add(new Touched(place.machine().category(), it)));
          draft.claim(of(stateBy(event, from.gym(), place), present));
        }
        case Standing.Bad(RejectionCode code, String detail) -> {
          draft.refuse(new Rejection(code, "events[%d]".formatted(i), detail));
          // Event by event, never as a range: a rejected range asks to be bisected.
          boolean retryable = code.retryable() || (planPending && isOfPlan(code));
          refused.add(new RejectedRange(SeqRange.of(event.seq()), code, detail, retryable));
        }
      }
    }
    if (!taken.isEmpty()) {
      draft.write(new Write.Events(from, batch.outbox(), List.copyOf(taken)));
      draft.news(GatewayNews.stored(from, touched));
      begun(taken)
          .map(it -> it.isBefore(horizon.oldest()) ? horizon.oldest() : it)
          .map(it -> Coverage.begun(batch.outbox(), it))
          .ifPresent(it -> draft.news(GatewayNews.of(from, it)));
    }
    List<SeqRange> stored = taken.stream().map(MachineEvent::standsFor).toList();
    OutboxOf outbox = new OutboxOf(from, batch.outbox(), batch.sender());
    draft.reply(new Reply.Answer(outbox, batch.kind(), stored, List.copyOf(refused)));
  }

  /// Whether a floor plan that is registered later can make the same event acceptable.
  private static boolean isOfPlan(RejectionCode code) {
    return code == UNKNOWN_MACHINE || code == WRONG_GATEWAY;
  }

  /// Where an outbox's events begin, if its first is among these.
  private static Optional<Instant> begun(List<MachineEvent> events) {
    return events.stream()
        .filter(it -> it.standsFor().first().equals(FIRST))
        .findFirst()
        .map(it -> it.summary().map(Summary::from).orElse(it.at()));
  }

  private boolean isFresh(Instant sentAt, Instant receivedAt) {
    return sentAt.plus(offlineAfter).isAfter(receivedAt);
  }

  private static CurrentState of(CurrentState state, boolean present) {
    return present ? state : state.past();
  }

  void ofSnapshot(Snapshot snapshot, Instant receivedAt, Draft draft) {
    GatewayAddress from = snapshot.from();
    boolean present = isFresh(snapshot.sentAt(), receivedAt);
    for (int i = 0; i < snapshot.machines().size(); i++) {
      MachineState state = snapshot.machines().get(i);
      switch (standing(
          from, state.machine(), state.since(), snapshot.sentAt(), receivedAt, draft)) {
        case Standing.Good(MachinePlace place) ->
            draft.claim(of(stateBy(state, snapshot.sentAt(), from.gym(), place), present));
        case Standing.Bad(RejectionCode code, String detail) ->
            draft.refuse(new Rejection(code, "machines[%d]".formatted(i), detail));
      }
    }
  }

  void ofReport(StatusReport report, Instant receivedAt, Draft draft) {
    GymId gym = report.gym();
    switch (standing(gym, report.machine(), receivedAt, draft, it -> it.gym().equals(gym))) {
      case Standing.Good(MachinePlace place) ->
          draft
              .write(new Write.Report(report))
              .claim(of(stateBy(report, place), isFresh(report.at(), receivedAt)))
              .news(GatewayNews.marked(place.owner(), touchedBy(report, place, receivedAt)));
      case Standing.Bad(RejectionCode code, String detail) ->
          draft.refuse(new Rejection(code, "machineId", detail));
    }
  }

  /// The windows of the time that a report covers, with that of the moment at which it lapses; none
  /// that is older than events are kept.
  private Set<Mark> touchedBy(StatusReport report, MachinePlace place, Instant receivedAt) {
    Horizon horizon = Horizon.of(receivedAt, expiryTime.apply(receivedAt));
    return Stream.of(report.at(), report.at().plus(Coverage.OF_REPORT))
        .map(Window::of)
        .filter(horizon::holds)
        .map(it -> new Mark(place.machine().category(), it))
        .collect(Collectors.toSet());
  }

  /// Whose the machine is comes first: nobody learns of outboxes by others' machines.
  private Standing standing(EventBatch batch, MachineEvent event, Instant receivedAt, Draft draft) {
    Standing standing =
        standing(batch.from(), event.machine(), event.at(), batch.sentAt(), receivedAt, draft);
    return standing instanceof Standing.Good
            && conflicts.contains(new OutboxConflict(batch.from(), batch.outbox(), event))
        ? new Standing.Bad(
            OUTBOX_CONFLICT,
            "number %s of outbox %s is taken: another gateway has a copy of the outbox"
                .formatted(event.seq(), batch.outbox()))
        : standing;
  }

  private Standing standing(
      GatewayAddress from,
      MachineId machine,
      Instant at,
      Instant sentAt,
      Instant receivedAt,
      Draft draft) {
    Optional<Rejection> impossible = Faults.impossible("at", at);
    if (impossible.isPresent()) {
      return new Standing.Bad(impossible.get().code(), impossible.get().detail());
    }
    if (at.isAfter(sentAt)) {
      String detail = "%s is later than the message's sentAt %s".formatted(at, sentAt);
      return new Standing.Bad(EVENT_AFTER_SENT, detail);
    }
    return standing(from.gym(), machine, receivedAt, draft, from::equals);
  }

  private Standing standing(
      GymId gym, MachineId machine, Instant seenAt, Draft draft, Predicate<GatewayAddress> mine) {
    Optional<MachinePlace> place = places.locate(gym, machine);
    if (place.isEmpty()) {
      draft.sighting(new Write.Sighting(gym, machine, seenAt));
      return new Standing.Bad(
          UNKNOWN_MACHINE,
          "machine '%s' stands on no floor plan; add it to the gym's plan".formatted(machine));
    }
    // Whose it is stays untold: the asker may be another tenant.
    return mine.test(place.get().owner())
        ? new Standing.Good(place.get())
        : new Standing.Bad(
            WRONG_GATEWAY, "machine '%s' is not the sender's to speak of".formatted(machine));
  }

  private static CurrentState stateBy(MachineEvent event, GymId gym, MachinePlace place) {
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
      MachineState state, Instant asOf, GymId gym, MachinePlace place) {
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

  private static CurrentState stateBy(StatusReport report, MachinePlace place) {
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
