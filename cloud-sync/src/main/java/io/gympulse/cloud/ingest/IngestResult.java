package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.core.gateway.Gateways;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.ingest.AckPublisher.BatchAck;
import io.gympulse.cloud.ingest.RuleOutputReader.InboundMessage;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.message.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a message asks the store to write, and what is published once that is durable. [#joined]
/// coalesces the writes of an invocation: each outbox, machine and gateway is written once.
///
/// Filled by [Validator] and [OwnershipCheck]. For one thread.
final class IngestResult {
  private static final Logger LOG = LoggerFactory.getLogger(IngestResult.class);

  /// Unknown machines recorded per gym and invocation; a message can name them by the ten thousand.
  private static final int MAX_UNKNOWN_MACHINES = 100;

  private final Map<Source, List<MachineEvent>> events = new LinkedHashMap<>();
  private final List<StatusReport> reports = new ArrayList<>();
  private final Map<CurrentState.Key, CurrentState> states = new LinkedHashMap<>();
  private final Map<GatewayAddress, List<GatewayUpdate>> gatewayUpdates = new LinkedHashMap<>();
  private final Map<GymId, Map<MachineId, Instant>> unknownMachines = new LinkedHashMap<>();
  private final Map<GatewayAddress, ReceivedHealth> healths = new LinkedHashMap<>();
  private final List<MetricPoint> metrics = new ArrayList<>();
  private final Map<RejectionCode, ErrorReport> errors = new EnumMap<>(RejectionCode.class);
  private Optional<BatchAck> ack = Optional.empty();

  private record Source(GatewayAddress gateway, OutboxId outbox) {}

  /// An event that the store has rejected: its outbox belongs to another gateway, or its number to
  /// another event.
  record Conflict(GatewayAddress gateway, OutboxId outbox, MachineEvent event) {}

  void addEvents(GatewayAddress gateway, OutboxId outbox, List<MachineEvent> some) {
    events.computeIfAbsent(new Source(gateway, outbox), _ -> new ArrayList<>()).addAll(some);
  }

  void addReport(StatusReport report) {
    reports.add(report);
  }

  void addState(CurrentState state) {
    states.merge(state.key(), state, CurrentState::join);
  }

  void addGatewayUpdate(GatewayUpdate update) {
    gatewayUpdates.computeIfAbsent(update.gateway(), _ -> new ArrayList<>()).add(update);
  }

  /// Keeps the latest one per gateway.
  void addHealth(ReceivedHealth health) {
    healths.merge(
        health.health().from(),
        health,
        (known, next) -> next.reportedAt().isBefore(known.reportedAt()) ? known : next);
  }

  void addMetrics(List<MetricPoint> points) {
    metrics.addAll(points);
  }

  /// Keeps the latest time per machine.
  void addUnknownMachine(GymId gym, MachineId machine, Instant at) {
    var ofGym = unknownMachines.computeIfAbsent(gym, _ -> new LinkedHashMap<>());
    if (ofGym.size() < MAX_UNKNOWN_MACHINES || ofGym.containsKey(machine)) {
      ofGym.put(machine, at);
    }
  }

  /// Parts of a message that are rejected with the same code share one error report, so that one
  /// bad batch cannot flood the error topic.
  void reject(InboundMessage.Origin origin, Rejection rejection) {
    errors.compute(
        rejection.code(),
        (_, known) -> known == null ? origin.report(rejection) : known.withOneMore());
  }

  void reject(ErrorReport report) {
    errors.put(report.first().code(), report);
  }

  void acknowledge(BatchAck batchAck) {
    ack = Optional.of(batchAck);
  }

  Optional<BatchAck> ack() {
    return ack;
  }

  Collection<ErrorReport> errors() {
    return errors.values();
  }

  /// The writes of all of them, without acknowledgements and errors, which belong to one message.
  static IngestResult joined(Collection<IngestResult> results) {
    IngestResult joined = new IngestResult();
    results.forEach(joined::addWrites);
    joined.events.replaceAll((_, it) -> withoutRepeats(it));
    return joined;
  }

  private void addWrites(IngestResult other) {
    other.events.forEach((source, some) -> addEvents(source.gateway(), source.outbox(), some));
    reports.addAll(other.reports);
    other.states.values().forEach(this::addState);
    other.gatewayUpdates.values().forEach(some -> some.forEach(this::addGatewayUpdate));
    other.unknownMachines.forEach(
        (gym, ofGym) -> ofGym.forEach((machine, at) -> addUnknownMachine(gym, machine, at)));
    other.healths.values().forEach(this::addHealth);
    metrics.addAll(other.metrics);
  }

  /// By sequence number, each event once. Different events with the same number all stay: the store
  /// decides which of them has it.
  private static List<MachineEvent> withoutRepeats(List<MachineEvent> events) {
    List<MachineEvent> once = new ArrayList<>(events.size());
    events.sort(Comparator.comparing(MachineEvent::seq));
    for (MachineEvent event : events) {
      if (once.isEmpty() || !once.getLast().equals(event)) {
        once.add(event);
      }
    }
    return List.copyOf(once);
  }

  /// Whether there is nothing to write but metrics.
  boolean isEmpty() {
    return events.isEmpty()
        && reports.isEmpty()
        && states.isEmpty()
        && gatewayUpdates.isEmpty()
        && healths.isEmpty()
        && unknownMachines.isEmpty();
  }

  /// The number of events and reports.
  long size() {
    return reports.size() + events.values().stream().mapToLong(List::size).sum();
  }

  /// Gateways' measurements of themselves; neither [#writeEvents] nor [#writeOthers] writes them.
  List<MetricPoint> metrics() {
    return List.copyOf(metrics);
  }

  /// Events are written first: no state may be shown that history does not contain.
  ///
  /// @return events that the store has rejected; their messages have to be validated again
  List<Conflict> writeEvents(CloudStore store) {
    List<Conflict> conflicts = new ArrayList<>();
    events.forEach(
        (source, some) ->
            store.events().store(source.gateway(), source.outbox(), some).stream()
                .map(it -> new Conflict(source.gateway(), source.outbox(), it))
                .forEach(conflicts::add));
    return conflicts;
  }

  /// Gateway records are written last: coverage and late windows may be recorded only for events
  /// that are stored.
  void writeOthers(CloudStore store, Duration offlineAfter) {
    reports.forEach(it -> store.events().store(it));
    if (!states.isEmpty()) {
      store.current().offer(states.values()).forEach(IngestResult::log);
    }
    Gateways.apply(
        store.gateways(),
        gatewayUpdates.values().stream().map(GatewayUpdate::joined).toList(),
        offlineAfter);
    unknownMachines.forEach(
        (gym, ofGym) ->
            ofGym.forEach((machine, at) -> store.unregistered().report(gym, machine, at)));
  }

  /// @return those that are the latest of their gateways
  List<ReceivedHealth> writeHealths(CloudStore store) {
    return healths.values().stream().filter(store.healths()::offer).toList();
  }

  /// The correlation id links a change in the log to its notifications.
  private static void log(CurrentState state) {
    LOG.atInfo()
        .addKeyValue(
            "correlationId", FeedUpdate.correlationId(state.machine().value(), state.since()))
        .log("{} of {} is {}", state.machine(), state.gym(), state.status().wireName());
  }
}
