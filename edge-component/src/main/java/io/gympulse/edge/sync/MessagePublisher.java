package io.gympulse.edge.sync;

import static java.util.Comparator.naturalOrder;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.SnapshotCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.outbox.EventQueue;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.sync.BatchSync.Input;
import io.gympulse.edge.uplink.Uplink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds snapshots and batches and publishes them. A message that the next hop does not take is
/// sent again in time, as nothing acknowledges it. For one thread.
///
/// At most one batch's events are in memory. How many fit is estimated from the batch before.
///
/// Events later than the wall clock, which was set back since, are never in one batch with others:
/// the cloud rejects the batches they are in until their time has come.
final class MessagePublisher {
  private static final Logger LOG = LoggerFactory.getLogger(MessagePublisher.class);

  private static final int HEADER_BYTES = 300;
  private static final double FIRST_ESTIMATE = 6;

  /// The fewest events from whose size the bytes per event are estimated.
  private static final int ESTIMATE_EVENTS = 100;

  private static final double SAFETY_FACTOR = 0.97;

  private final SyncLoop.Sources sources;
  private final Uplink uplink;
  private final SenderId sender = SenderId.random();
  private double bytesPerEvent = FIRST_ESTIMATE;

  MessagePublisher(SyncLoop.Sources sources, Uplink uplink) {
    this.sources = sources;
    this.uplink = uplink;
  }

  /// The name of this process in its batches.
  SenderId sender() {
    return sender;
  }

  /// Returns the failure if the snapshot cannot be built, so that events do not wait for it.
  Optional<Input> sendSnapshot() {
    byte[] body;
    try {
      body = SnapshotCodec.encode(snapshot());
    } catch (RuntimeException e) {
      LOG.error("the snapshot cannot be built; it is retried", e);
      return Optional.of(new Input.SnapshotFailed());
    }
    publish(Topics.snapshot(sources.address()), body);
    return Optional.empty();
  }

  /// The wall clock may be set back while states are read, but no state may be later than its
  /// snapshot.
  private Snapshot snapshot() {
    List<MachineState> states = sources.states().get();
    Instant now = sources.wall().instant();
    Instant latest =
        states.stream()
            .map(MachineState::since)
            .filter(now::isBefore)
            .max(naturalOrder())
            .orElse(now);
    return new Snapshot(sources.address(), latest, states);
  }

  /// Publishes the first waiting events of the plan's range, as many as fit but at least one, if
  /// any is waiting.
  Input send(BatchPlan plan) {
    EventQueue queue = sources.queue();
    OutboxId id = queue.id();
    Optional<Instant> covered = sources.coveredTo().get();
    Counts counts = queue.counts();
    Instant now = sources.wall().instant();
    List<MachineEvent> events = samePeriod(waiting(plan, estimate(plan.maxBytes())), now);
    // If the outbox was renumbered since, the plan's numbers are of the old one.
    if (!queue.id().equals(id)) {
      return new Input.NothingToSend(plan);
    }
    while (!events.isEmpty()) {
      // A quarantined event before the last number is not covered by the batch.
      boolean covers =
          events.getLast().seq().value() == counts.recorded() && counts.quarantined() == 0;
      EventBatch batch =
          new EventBatch(
              sources.address(),
              id,
              plan.kind(),
              sentAt(events, now),
              covered.filter(_ -> covers),
              events,
              Optional.of(sender));
      byte[] body = BatchCodec.encode(batch);
      boolean fits = body.length <= plan.maxBytes();
      if (!fits || events.size() >= ESTIMATE_EVENTS) {
        bytesPerEvent = Math.max(1, (double) (body.length - HEADER_BYTES) / events.size());
      }
      if (fits || events.size() == 1) {
        SeqRange sent = new SeqRange(events.getFirst().seq(), events.getLast().seq());
        publish(Topics.batches(sources.address()), body);
        return new Input.Sent(plan, sent, batch.range(), body.length);
      }
      events = events.subList(0, Math.min(estimate(plan.maxBytes()), events.size() - 1));
    }
    return new Input.NothingToSend(plan);
  }

  private int estimate(int bytes) {
    double fitting = (bytes - HEADER_BYTES) / bytesPerEvent * SAFETY_FACTOR;
    return Math.clamp((long) fitting, 1, BatchCodec.MAX_EVENTS);
  }

  private List<MachineEvent> waiting(BatchPlan plan, int most) {
    int limit = (int) Math.min(most, plan.range().size());
    List<MachineEvent> events = sources.queue().peek(plan.range().first().value() - 1, limit);
    int inside = events.size();
    while (inside > 0 && events.get(inside - 1).seq().compareTo(plan.range().last()) > 0) {
      inside--;
    }
    return events.subList(0, inside);
  }

  /// The first events as long as all are later than now or none is.
  private static List<MachineEvent> samePeriod(List<MachineEvent> events, Instant now) {
    int end = Math.min(1, events.size());
    while (end < events.size()
        && events.get(end).at().isAfter(now) == events.getFirst().at().isAfter(now)) {
      end++;
    }
    return events.subList(0, end);
  }

  /// No event may be later than its batch's `sentAt`. If the clock was set back since, the batch
  /// gets a time ahead of the cloud's, which the cloud rejects as retryable.
  private static Instant sentAt(List<MachineEvent> events, Instant now) {
    Instant latest = now;
    for (MachineEvent event : events) {
      latest = event.at().isAfter(latest) ? event.at() : latest;
    }
    return latest;
  }

  private void publish(String topic, byte[] body) {
    logFailure(uplink.publish(topic, body), "message not taken by the next hop");
  }

  static void logFailure(CompletableFuture<Void> future, String what) {
    var _ =
        future.exceptionally(
            e -> {
              LOG.debug("{}: {}", what, e.toString());
              return null;
            });
  }
}
