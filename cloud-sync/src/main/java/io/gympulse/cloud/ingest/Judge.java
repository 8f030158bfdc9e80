package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.gateway.GatewayNews;
import io.gympulse.cloud.core.presence.Heard;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.GatewayMessage;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.MachineOnTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Decides what becomes of the messages of one invocation. Reads the floor plans, writes nothing.
final class Judge {
  private final Places places;
  private final Duration offlineAfter;
  private final UnaryOperator<Instant> expiryTime;
  private final Claims claims;

  /// @param offlineAfter how long a message may be under way and still speak of the present
  /// @param expiryTime the time by which events expire, given when a message was received
  Judge(FloorPlans plans, Duration offlineAfter, UnaryOperator<Instant> expiryTime) {
    this(new Places(plans), offlineAfter, expiryTime, Set.of());
  }

  private Judge(
      Places places,
      Duration offlineAfter,
      UnaryOperator<Instant> expiryTime,
      Set<OutboxConflict> conflicts) {
    this.places = places;
    this.offlineAfter = offlineAfter;
    this.expiryTime = expiryTime;
    this.claims = new Claims(places, offlineAfter, expiryTime, conflicts);
  }

  /// The same, with these events rejected.
  Judge refusing(Collection<OutboxConflict> conflicts) {
    return new Judge(places, offlineAfter, expiryTime, Set.copyOf(conflicts));
  }

  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the plans cannot be read
  Judgement judge(Inbound inbound) {
    return switch (inbound) {
      case Inbound.FromGateway it -> gateway(it);
      case Inbound.FromMachine it -> machine(it);
      case Inbound.Undecodable it -> undecodable(it);
      case Inbound.Elsewhere _ -> Judgement.NOTHING;
    };
  }

  private Judgement gateway(Inbound.FromGateway it) {
    GatewayAddress speaker = it.speaker();
    boolean known = places.know(speaker);
    Draft draft = new Draft(it.origin());
    Optional<Rejection> fault = fault(it, known);
    if (fault.isPresent()) {
      return refused(it, fault.get(), draft);
    }
    if (known) {
      draft.news(GatewayNews.of(heard(it.message(), it.origin().receivedAt())));
    }
    switch (it.message()) {
      case EventBatch batch -> claims.ofBatch(batch, it.origin().receivedAt(), draft);
      case Snapshot snapshot -> claims.ofSnapshot(snapshot, it.origin().receivedAt(), draft);
      case Heartbeat heartbeat -> {
        proof(heartbeat).ifPresent(draft::news);
        draft.write(new Write.Measured(GatewayMetrics.of(heartbeat)));
      }
    }
    return draft.finish();
  }

  /// What is wrong with the message as a whole. A batch of an unknown gateway is judged event by
  /// event, so that its machines are seen.
  private static Optional<Rejection> fault(Inbound.FromGateway it, boolean known) {
    GatewayMessage message = it.message();
    return Faults.mismatch(it.speaker(), message.from())
        .or(() -> Faults.clock("sentAt", message.sentAt(), it.origin().receivedAt()))
        .or(
            () ->
                message instanceof EventBatch
                    ? Faults.unit("sentAt", message.sentAt())
                    : Optional.empty())
        .or(
            () ->
                known || message instanceof EventBatch
                    ? Optional.empty()
                    : Optional.of(Faults.unknownGateway(message.from())));
  }

  private static Judgement refused(Inbound.FromGateway it, Rejection rejection, Draft draft) {
    if (it.message() instanceof EventBatch batch) {
      OutboxOf outbox = new OutboxOf(it.speaker(), batch.outbox(), batch.sender());
      draft.reply(answer(outbox, batch.range(), rejection));
    }
    return draft.refuse(rejection).finish();
  }

  private Judgement machine(Inbound.FromMachine it) {
    StatusReport report = it.report();
    Instant receivedAt = it.origin().receivedAt();
    Draft draft = new Draft(it.origin());
    Faults.mismatch(it.speaker(), new MachineOnTopic(report.gym(), report.machine()))
        .or(() -> Faults.clock("timestamp", report.at(), receivedAt))
        .or(() -> Faults.unit("timestamp", report.at()))
        .ifPresentOrElse(draft::refuse, () -> claims.ofReport(report, receivedAt, draft));
    return draft.finish();
  }

  private static Judgement undecodable(Inbound.Undecodable it) {
    Reply refusal = new Reply.Refusal(it.reject());
    return it.unread()
        .map(
            unread ->
                answer(
                    new OutboxOf(
                        unread.speaker(), unread.about().outbox(), unread.about().sender()),
                    unread.about().range(),
                    it.reject().rejection()))
        .map(answer -> new Judgement(List.of(), List.of(answer, refusal)))
        .orElseGet(() -> new Judgement(List.of(), List.of(refusal)));
  }

  private static Reply answer(OutboxOf outbox, SeqRange range, Rejection rejection) {
    RejectedRange rejected =
        new RejectedRange(
            range, rejection.code(), rejection.toString(), rejection.code().retryable());
    return new Reply.Answer(outbox, List.of(), List.of(rejected));
  }

  /// What waits in the outbox is later than what is vouched for, however much it is. Nobody can
  /// vouch for what is still to come: such a word is not heard.
  private static Optional<GatewayNews> proof(Heartbeat heartbeat) {
    return heartbeat
        .coveredTo()
        .filter(it -> !it.isAfter(heartbeat.sentAt()))
        .flatMap(to -> heartbeat.outbox().map(outbox -> Coverage.reached(outbox, to)))
        .map(it -> GatewayNews.of(heartbeat.from(), it));
  }

  private static Heard heard(GatewayMessage message, Instant receivedAt) {
    OptionalLong depth =
        message instanceof Heartbeat heartbeat
            ? OptionalLong.of(heartbeat.outboxDepth())
            : OptionalLong.empty();
    return new Heard(message.from(), message.sentAt(), receivedAt, depth);
  }
}
