package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.metric.MetricPoint;
import io.gympulse.cloud.core.metric.MetricPoints;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.cloud.redrive.ExplainedFailure;
import io.gympulse.contract.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes in deliveries: judges, stores together, and only when that is durable, answers.
///
/// A delivery either went all the way or is named as failed and has to be delivered again; again
/// runs every step, so that an answer that was lost is given anew. Safe for any number of threads.
final class Ingest {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  private final CloudStore store;
  private final DevicePublisher publisher;
  private final Duration offlineAfter;
  private final IngestCounters counters;
  private final Optional<MetricPoints> metrics;
  private final GatewayQuotas quotas;
  private final OutboxConflicts conflicts;

  /// @param conflicts takes reports of copied outboxes
  private record Options(
      Optional<MetricPoints> metrics, GatewayQuotas quotas, OutboxConflicts conflicts) {}

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
            Optional.empty(), new GatewayQuotas(QuotaObserver.NONE), OutboxConflicts.UNREPORTED));
  }

  private Ingest(
      CloudStore store,
      DevicePublisher publisher,
      Duration offlineAfter,
      IngestCounters counters,
      Options options) {
    this.metrics = options.metrics();
    this.quotas = options.quotas();
    this.conflicts = options.conflicts();
    this.store = store;
    this.publisher = publisher;
    this.offlineAfter = offlineAfter;
    this.counters = counters;
  }

  /// The same, with what gateways tell of themselves in their heartbeats kept there.
  Ingest measuring(MetricPoints points) {
    return with(new Options(Optional.of(points), quotas, conflicts));
  }

  /// The same, with gateways that send more than one may reported there.
  Ingest watched(QuotaObserver observer) {
    return with(new Options(metrics, new GatewayQuotas(observer), conflicts));
  }

  /// The same, with what the store refused of copied outboxes reported there.
  Ingest reporting(OutboxConflicts reports) {
    return with(new Options(metrics, quotas, reports));
  }

  private Ingest with(Options options) {
    return new Ingest(store, publisher, offlineAfter, counters, options);
  }

  /// Returns the ids of the deliveries that failed, each with the reason. Answers at once.
  Map<String, String> take(List<Delivery> deliveries) {
    return take(deliveries, new AnsweringAtOnce(publisher));
  }

  /// Returns the ids of the deliveries that failed, each with the reason.
  Map<String, String> take(List<Delivery> deliveries, Answering answering) {
    counters.addReceived(deliveries.size());
    Map<String, String> failed = attempt(deliveries, answering);
    counters.addFailed(failed.size());
    return failed;
  }

  private Map<String, String> attempt(List<Delivery> deliveries, Answering answering) {
    Map<String, Judgement> judgements;
    try {
      GatewayQuotas.Invocation invocation = quotas.new Invocation();
      Map<String, Inbound> inbound = new LinkedHashMap<>();
      deliveries.forEach(it -> inbound.put(it.id(), RuleOutput.read(it.text(), invocation)));
      judgements = write(inbound);
      invocation.written();
    } catch (StoreUnavailableException e) {
      LOG.warn("the store is not available, {} messages go back", deliveries.size(), e);
      return failed(deliveries, e);
    } catch (RuntimeException e) {
      LOG.error("storing {} messages failed", deliveries.size(), e);
      return deliveries.size() == 1 ? failed(deliveries, e) : oneByOne(deliveries, answering);
    }
    return reply(judgements, answering);
  }

  /// One message that trips a bug must not hold up the others.
  private Map<String, String> oneByOne(List<Delivery> deliveries, Answering answering) {
    Map<String, String> failed = new HashMap<>();
    deliveries.forEach(it -> failed.putAll(attempt(List.of(it), answering)));
    return failed;
  }

  /// Writes what they say; returns what became of each.
  private Map<String, Judgement> write(Map<String, Inbound> inbound) {
    Judge judge = new Judge(store.floorPlans(), offlineAfter, store.events()::expiryTime);
    Judged judged = new Judged(judge, inbound);
    Writes first = judged.writes();
    if (!first.isEmpty()) {
      store.together(
          () -> {
            List<OutboxConflict> refused = first.writeEvents(store);
            if (!refused.isEmpty()) {
              judged.refuse(refused, judge);
            }
            judged.writes().writeOthers(store, offlineAfter);
          });
      counters.addStored(judged.writes().size());
    }
    metrics.ifPresent(it -> put(judged.writes().measured(), it));
    report(judged.conflicts());
    return judged.judgements();
  }

  /// What is not reported now is when the gateway sends again: it holds nothing up.
  private void report(List<OutboxConflict> refused) {
    Set<OutboxOf> outboxes = new LinkedHashSet<>();
    refused.forEach(it -> outboxes.add(new OutboxOf(it.from(), it.outbox())));
    for (OutboxOf it : outboxes) {
      LOG.warn("gateway {} sends events of outbox {}, which is a copy", it.to(), it.outbox());
      try {
        conflicts.refused(it.to(), it.outbox());
      } catch (StoreUnavailableException e) {
        LOG.warn("operators are not told of it: {}", e.getMessage());
      }
    }
  }

  /// Messages, judged once more if the store refuses events of theirs.
  private static final class Judged {
    private final Map<String, Inbound> inbound;
    private final Map<String, Judgement> judgements = new LinkedHashMap<>();
    private Writes writes;
    private List<OutboxConflict> conflicts = List.of();

    Judged(Judge judge, Map<String, Inbound> inbound) {
      this.inbound = inbound;
      this.writes = judged(judge);
    }

    void refuse(List<OutboxConflict> refused, Judge judge) {
      conflicts = refused;
      writes = judged(judge.refusing(refused));
    }

    private Writes judged(Judge judge) {
      inbound.forEach((id, it) -> judgements.put(id, judge.judge(it)));
      return Writes.of(judgements.values());
    }

    Writes writes() {
      return writes;
    }

    List<OutboxConflict> conflicts() {
      return conflicts;
    }

    Map<String, Judgement> judgements() {
      return judgements;
    }
  }

  /// A gateway's figures that are lost are a gap in a graph, and the next come within a minute:
  /// they hold nothing up.
  private static void put(List<MetricPoint> measured, MetricPoints metrics) {
    try {
      List<MetricPoints.Unkept> unkept = measured.isEmpty() ? List.of() : metrics.put(measured);
      if (!unkept.isEmpty()) {
        LOG.warn("{} figures of gateways are lost: {}", unkept.size(), unkept.getFirst().reason());
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("{} figures of gateways are lost: {}", measured.size(), e.getMessage());
    }
  }

  private Map<String, String> reply(Map<String, Judgement> judgements, Answering answering) {
    Map<OutboxOf, Map<String, Reply.Answer>> answers = new LinkedHashMap<>();
    Map<String, String> failed = new HashMap<>();
    judgements.forEach(
        (id, judgement) -> {
          for (Reply reply : judgement.replies()) {
            switch (reply) {
              case Reply.Answer it ->
                  answers.computeIfAbsent(it.outbox(), _ -> new LinkedHashMap<>()).put(id, it);
              case Reply.Refusal(Reject reject) ->
                  attempt(() -> refuse(reject)).ifPresent(why -> failed.put(id, why));
            }
          }
        });
    answers.forEach(
        (outbox, byId) ->
            attempt(() -> answering.answer(outbox, byId.values()))
                .ifPresent(why -> byId.keySet().forEach(id -> failed.put(id, why))));
    return failed;
  }

  private void refuse(Reject reject) {
    publisher.publish(Topics.ERRORS, RejectCodec.encode(reject));
    counters.addRejected(reject.rejection().code(), reject.count());
    LOG.info("rejected on {}: {}", reject.topic(), reject.rejection());
  }

  /// @return why it failed, if it did
  private static Optional<String> attempt(Runnable publication) {
    try {
      publication.run();
      return Optional.empty();
    } catch (RuntimeException e) {
      LOG.warn("an answer could not be published, its messages go back", e);
      return Optional.of("the answer could not be published: " + ExplainedFailure.reason(e));
    }
  }

  private static Map<String, String> failed(List<Delivery> deliveries, RuntimeException why) {
    Map<String, String> failed = new HashMap<>();
    deliveries.forEach(it -> failed.put(it.id(), ExplainedFailure.reason(why)));
    return failed;
  }
}
