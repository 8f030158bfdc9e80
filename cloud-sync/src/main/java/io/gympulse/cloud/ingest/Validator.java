package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.FloorPlans.RegisteredMachine;
import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
import io.gympulse.cloud.core.gateway.Gateway.LastContact;
import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.ingest.AckPublisher.BatchAck;
import io.gympulse.cloud.ingest.AckPublisher.Target;
import io.gympulse.cloud.ingest.IngestResult.Conflict;
import io.gympulse.cloud.ingest.RuleOutputReader.InboundMessage;
import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayMessage;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.Topics.MachineAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Validates the messages of one invocation and decides what is stored and published for each.
/// Reads the floor plans, writes nothing. For one thread.
final class Validator {
  private final MachineLocations locations;
  private final Duration offlineAfter;
  private final UnaryOperator<Instant> expiryTime;
  private final OwnershipCheck ownership;

  /// @param offlineAfter the age at which a message no longer describes the present
  /// @param expiryTime maps a message's time of arrival to the time by which events expire
  Validator(FloorPlans plans, Duration offlineAfter, UnaryOperator<Instant> expiryTime) {
    this(new MachineLocations(plans), offlineAfter, expiryTime, Set.of());
  }

  private Validator(
      MachineLocations locations,
      Duration offlineAfter,
      UnaryOperator<Instant> expiryTime,
      Set<Conflict> conflicts) {
    this.locations = locations;
    this.offlineAfter = offlineAfter;
    this.expiryTime = expiryTime;
    this.ownership = new OwnershipCheck(locations, offlineAfter, expiryTime, conflicts);
  }

  /// The same, with these events rejected.
  Validator rejecting(Collection<Conflict> conflicts) {
    return new Validator(locations, offlineAfter, expiryTime, Set.copyOf(conflicts));
  }

  /// @throws io.gympulse.cloud.core.store.StoreUnavailableException if the plans cannot be read
  IngestResult validate(InboundMessage message) {
    IngestResult result = new IngestResult();
    switch (message) {
      case InboundMessage.FromGateway it -> validate(it, result);
      case InboundMessage.FromMachine it -> validate(it, result);
      case InboundMessage.Undecodable it -> reject(it, result);
      case InboundMessage.Duplicate _ -> {}
    }
    return result;
  }

  private void validate(InboundMessage.FromGateway it, IngestResult result) {
    boolean known = locations.isKnown(it.sender());
    Optional<Rejection> rejection = rejection(it, known);
    if (rejection.isPresent()) {
      reject(it, rejection.get(), result);
      return;
    }
    Instant receivedAt = it.origin().receivedAt();
    if (known) {
      result.addGatewayUpdate(GatewayUpdate.of(contact(it.message(), receivedAt)));
    }
    switch (it.message()) {
      case EventBatch batch -> ownership.checkBatch(batch, it.origin(), result);
      case Snapshot snapshot -> ownership.checkSnapshot(snapshot, it.origin(), result);
      case Heartbeat heartbeat -> {
        coverage(heartbeat).ifPresent(result::addGatewayUpdate);
        result.addMetrics(GatewayMetrics.of(heartbeat));
      }
      case GatewayHealth health -> result.addHealth(new ReceivedHealth(health, receivedAt));
    }
  }

  /// Why the message as a whole is rejected. A batch of an unknown gateway is checked event by
  /// event, so that its machines are recorded as unknown.
  private static Optional<Rejection> rejection(InboundMessage.FromGateway it, boolean known) {
    GatewayMessage message = it.message();
    boolean batch = message instanceof EventBatch;
    return Rejections.mismatch(it.sender(), message.from())
        .or(() -> Rejections.future("sentAt", message.sentAt(), it.origin().receivedAt()))
        .or(() -> batch ? Rejections.wrongUnit("sentAt", message.sentAt()) : Optional.empty())
        .or(
            () ->
                known || batch
                    ? Optional.empty()
                    : Optional.of(Rejections.unknownGateway(message.from())));
  }

  private static void reject(
      InboundMessage.FromGateway it, Rejection rejection, IngestResult result) {
    if (it.message() instanceof EventBatch batch) {
      Target target = new Target(it.sender(), batch.outbox(), batch.sender());
      result.acknowledge(ack(target, batch.range(), rejection));
    }
    result.reject(it.origin(), rejection);
  }

  private void validate(InboundMessage.FromMachine it, IngestResult result) {
    StatusReport report = it.report();
    Rejections.mismatch(it.sender(), new MachineAddress(report.gym(), report.machine()))
        .or(() -> Rejections.future("timestamp", report.at(), it.origin().receivedAt()))
        .or(() -> Rejections.wrongUnit("timestamp", report.at()))
        .ifPresentOrElse(
            rejection -> result.reject(it.origin(), rejection),
            () -> ownership.checkReport(report, it.origin(), result));
  }

  private static void reject(InboundMessage.Undecodable it, IngestResult result) {
    it.batch()
        .ifPresent(
            batch -> {
              BatchHeader header = batch.header();
              Target target = new Target(batch.sender(), header.outbox(), header.sender());
              result.acknowledge(ack(target, header.range(), it.report().first()));
            });
    result.reject(it.report());
  }

  private static BatchAck ack(Target target, SeqRange range, Rejection rejection) {
    RejectedRange rejected =
        new RejectedRange(
            range, rejection.code(), rejection.toString(), rejection.code().retryable());
    return new BatchAck(target, List.of(), List.of(rejected));
  }

  /// All events in the outbox are later than the heartbeat's watermark, however many they are. A
  /// watermark after the time of sending is ignored.
  private static Optional<GatewayUpdate> coverage(Heartbeat heartbeat) {
    return heartbeat
        .coveredTo()
        .filter(it -> !it.isAfter(heartbeat.sentAt()))
        .flatMap(to -> heartbeat.outbox().map(outbox -> Coverage.upTo(outbox, to)))
        .map(it -> GatewayUpdate.of(heartbeat.from(), it));
  }

  private static LastContact contact(GatewayMessage message, Instant receivedAt) {
    OptionalLong depth =
        message instanceof Heartbeat heartbeat
            ? OptionalLong.of(heartbeat.outboxDepth())
            : OptionalLong.empty();
    return new LastContact(message.from(), message.sentAt(), receivedAt, depth);
  }

  /// A cache of floor plans for one invocation: each gym's plan is read once, and each machine that
  /// is not on it is looked up in the store once. For one thread.
  static final class MachineLocations {
    private final FloorPlans plans;
    private final Map<GymId, CachedPlan> byGym = new HashMap<>();

    /// @param machines looked up so far
    private record CachedPlan(
        Optional<FloorPlan> plan, Map<MachineId, Optional<RegisteredMachine>> machines) {}

    MachineLocations(FloorPlans plans) {
      this.plans = plans;
    }

    boolean isKnown(GatewayAddress gateway) {
      return cached(gateway.gym()).plan().filter(it -> it.address().equals(gateway)).isPresent();
    }

    /// @param sender the gym that owns the topic of the message
    Optional<RegisteredMachine> locate(GymId sender, MachineId machine) {
      CachedPlan cached = cached(sender);
      return cached.machines().computeIfAbsent(machine, it -> find(cached.plan(), it));
    }

    private Optional<RegisteredMachine> find(Optional<FloorPlan> plan, MachineId machine) {
      return plan.flatMap(it -> it.machine(machine))
          .map(it -> new RegisteredMachine(plan.orElseThrow().address(), it))
          .or(() -> plans.locate(machine));
    }

    private CachedPlan cached(GymId gym) {
      return byGym.computeIfAbsent(gym, it -> new CachedPlan(plans.find(it), new HashMap<>()));
    }
  }
}
