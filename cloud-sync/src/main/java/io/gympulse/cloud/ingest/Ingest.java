package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.device.MetricPoint;
import io.gympulse.cloud.core.device.MetricPoints;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.ingest.AckPublisher.BatchAck;
import io.gympulse.cloud.ingest.AckPublisher.ImmediateAcks;
import io.gympulse.cloud.ingest.AckPublisher.Target;
import io.gympulse.cloud.ingest.IngestResult.Conflict;
import io.gympulse.cloud.ingest.RuleOutputReader.InboundMessage;
import io.gympulse.cloud.redrive.ExplainedFailure;
import io.gympulse.contract.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Processes deliveries: decodes and validates them, stores the results together, and publishes
/// acknowledgements only when that is durable.
///
/// A delivery is either processed completely, or returned as failed and has to be delivered again.
/// A repeat runs every step, so that a lost acknowledgement is published again. Safe for any number
/// of threads.
final class Ingest {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  private final CloudStore store;
  private final DevicePublisher publisher;
  private final Duration offlineAfter;
  private final IngestCounters counters;
  private final Options options;
  private final GatewayQuotas quotas;

  private record Options(
      Optional<MetricPoints> metrics,
      QuotaObserver quotas,
      OutboxConflictObserver conflicts,
      HealthObserver healths) {}

  /// @param id names the delivery to the queue
  /// @param text a rule's output
  record Delivery(String id, String text) {}

  Ingest(
      CloudStore store, DevicePublisher publisher, Duration offlineAfter, IngestCounters counters) {
    this(
        store,
        publisher,
        offlineAfter,
        counters,
        new Options(
            Optional.empty(),
            QuotaObserver.NONE,
            OutboxConflictObserver.NONE,
            HealthObserver.NONE));
  }

  private Ingest(
      CloudStore store,
      DevicePublisher publisher,
      Duration offlineAfter,
      IngestCounters counters,
      Options options) {
    this.store = store;
    this.publisher = publisher;
    this.offlineAfter = offlineAfter;
    this.counters = counters;
    this.options = options;
    this.quotas = new GatewayQuotas(options.quotas());
  }

  /// Stores gateways' measurements of themselves as metric points.
  Ingest withMetrics(MetricPoints points) {
    return with(
        new Options(Optional.of(points), options.quotas(), options.conflicts(), options.healths()));
  }

  Ingest withQuotaObserver(QuotaObserver observer) {
    return with(new Options(options.metrics(), observer, options.conflicts(), options.healths()));
  }

  Ingest withConflictObserver(OutboxConflictObserver observer) {
    return with(new Options(options.metrics(), options.quotas(), observer, options.healths()));
  }

  Ingest withHealthObserver(HealthObserver observer) {
    return with(new Options(options.metrics(), options.quotas(), options.conflicts(), observer));
  }

  private Ingest with(Options changed) {
    return new Ingest(store, publisher, offlineAfter, counters, changed);
  }

  /// Publishes acknowledgements at once.
  ///
  /// @return the ids of the deliveries that failed, each with the reason
  Map<String, String> process(List<Delivery> deliveries) {
    return process(deliveries, new ImmediateAcks(publisher));
  }

  /// @return the ids of the deliveries that failed, each with the reason
  Map<String, String> process(List<Delivery> deliveries, AckPublisher acks) {
    counters.addReceived(deliveries.size());
    Map<String, String> failed = attempt(deliveries, acks);
    counters.addFailed(failed.size());
    return failed;
  }

  private Map<String, String> attempt(List<Delivery> deliveries, AckPublisher acks) {
    Map<String, IngestResult> results;
    try {
      GatewayQuotas.Invocation invocation = quotas.new Invocation();
      Map<String, InboundMessage> messages = new LinkedHashMap<>();
      deliveries.forEach(it -> messages.put(it.id(), RuleOutputReader.read(it.text(), invocation)));
      results = store(messages);
      invocation.written();
    } catch (StoreUnavailableException e) {
      LOG.warn("store unavailable, {} messages returned to the queue", deliveries.size(), e);
      return failed(deliveries, e);
    } catch (RuntimeException e) {
      LOG.error("storing {} messages failed", deliveries.size(), e);
      return deliveries.size() == 1 ? failed(deliveries, e) : oneByOne(deliveries, acks);
    }
    return publish(results, acks);
  }

  /// A message that triggers a bug must not hold up the others.
  private Map<String, String> oneByOne(List<Delivery> deliveries, AckPublisher acks) {
    Map<String, String> failed = new HashMap<>();
    deliveries.forEach(it -> failed.putAll(attempt(List.of(it), acks)));
    return failed;
  }

  /// Writes in one transaction: events, then current states, then gateway records and health.
  private Map<String, IngestResult> store(Map<String, InboundMessage> messages) {
    Validator validator =
        new Validator(store.floorPlans(), offlineAfter, store.events()::expiryTime);
    Validated validated = new Validated(validator, messages);
    IngestResult first = validated.writes();
    List<ReceivedHealth> latest = new ArrayList<>();
    if (!first.isEmpty()) {
      store.together(
          () -> {
            List<Conflict> conflicts = first.writeEvents(store);
            if (!conflicts.isEmpty()) {
              validated.reject(conflicts, validator);
            }
            validated.writes().writeOthers(store, offlineAfter);
            latest.addAll(validated.writes().writeHealths(store));
          });
      counters.addStored(validated.writes().size());
    }
    options.metrics().ifPresent(it -> store(validated.writes().metrics(), it));
    report(validated.conflicts());
    latest.forEach(this::report);
    return validated.results();
  }

  /// A report that fails is dropped: the gateway reports its health again within 15 minutes.
  private void report(ReceivedHealth health) {
    try {
      options.healths().reported(health);
    } catch (StoreUnavailableException e) {
      LOG.warn(
          "health of {} not reported to operators: {}", health.health().from(), e.getMessage());
    }
  }

  /// A report that fails is dropped: the gateway sends the events again, which reports them again.
  private void report(List<Conflict> conflicts) {
    Set<Target> outboxes = new LinkedHashSet<>();
    conflicts.forEach(it -> outboxes.add(new Target(it.gateway(), it.outbox())));
    for (Target it : outboxes) {
      LOG.warn("gateway {} sends events of outbox {}, which is a copy", it.gateway(), it.outbox());
      try {
        options.conflicts().conflict(it.gateway(), it.outbox());
      } catch (StoreUnavailableException e) {
        LOG.warn("outbox conflict not reported to operators: {}", e.getMessage());
      }
    }
  }

  /// Messages with their results, which change if the store rejects some of their events.
  private static final class Validated {
    private final Map<String, InboundMessage> messages;
    private final Map<String, IngestResult> results = new LinkedHashMap<>();
    private IngestResult writes;
    private List<Conflict> conflicts = List.of();

    Validated(Validator validator, Map<String, InboundMessage> messages) {
      this.messages = messages;
      this.writes = validate(validator);
    }

    void reject(List<Conflict> rejected, Validator validator) {
      conflicts = rejected;
      writes = validate(validator.rejecting(rejected));
    }

    private IngestResult validate(Validator validator) {
      messages.forEach((id, it) -> results.put(id, validator.validate(it)));
      return IngestResult.joined(results.values());
    }

    IngestResult writes() {
      return writes;
    }

    List<Conflict> conflicts() {
      return conflicts;
    }

    Map<String, IngestResult> results() {
      return results;
    }
  }

  /// Measurements that cannot be stored are dropped: the next ones come within a minute.
  private static void store(List<MetricPoint> points, MetricPoints metrics) {
    try {
      List<MetricPoints.NotStored> dropped = points.isEmpty() ? List.of() : metrics.put(points);
      if (!dropped.isEmpty()) {
        LOG.warn("{} gateway metrics dropped: {}", dropped.size(), dropped.getFirst().reason());
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("{} gateway metrics dropped: {}", points.size(), e.getMessage());
    }
  }

  private Map<String, String> publish(Map<String, IngestResult> results, AckPublisher acks) {
    Map<Target, Map<String, BatchAck>> byTarget = new LinkedHashMap<>();
    Map<String, String> failed = new HashMap<>();
    results.forEach(
        (id, result) -> {
          result
              .ack()
              .ifPresent(
                  it ->
                      byTarget
                          .computeIfAbsent(it.target(), _ -> new LinkedHashMap<>())
                          .put(id, it));
          result
              .errors()
              .forEach(it -> attempt(() -> publish(it)).ifPresent(why -> failed.put(id, why)));
        });
    byTarget.forEach(
        (target, byId) ->
            attempt(() -> acks.publish(target, byId.values()))
                .ifPresent(why -> byId.keySet().forEach(id -> failed.put(id, why))));
    return failed;
  }

  private void publish(ErrorReport report) {
    publisher.publish(Topics.ERRORS, report.encode());
    counters.addRejected(report.first().code(), report.count());
    LOG.info("rejected on {}: {}", report.topic(), report.rejection());
  }

  /// @return why it failed, if it did
  private static Optional<String> attempt(Runnable publication) {
    try {
      publication.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      LOG.warn("publishing failed, messages returned to the queue", e);
      return Optional.of("the answer could not be published: " + ExplainedFailure.reason(e));
    }
  }

  private static Map<String, String> failed(List<Delivery> deliveries, RuntimeException why) {
    Map<String, String> failed = new HashMap<>();
    deliveries.forEach(it -> failed.put(it.id(), ExplainedFailure.reason(why)));
    return failed;
  }
}
