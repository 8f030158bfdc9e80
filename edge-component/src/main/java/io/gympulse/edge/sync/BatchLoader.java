package io.gympulse.edge.sync;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.edge.outbox.EventQueue;
import io.gympulse.edge.outbox.OutboxCounts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Builds planned batches from the waiting events. For one thread.
///
/// At most one batch's events are in memory. How many fit is estimated from the batch before.
///
/// Events later than the wall clock, which was set back since, are never in one batch with others:
/// the cloud rejects the batches they are in until their time has come.
final class BatchLoader {
  private static final int HEADER_BYTES = 300;
  private static final double FIRST_ESTIMATE = 6;

  /// The fewest events from whose size the bytes per event are estimated.
  private static final int ESTIMATE_EVENTS = 100;

  private static final double SAFETY_FACTOR = 0.97;

  private final EventQueue queue;
  private final GatewayAddress address;
  private final InstantSource clock;
  private final Supplier<Optional<Instant>> coveredTo;
  private final SenderId sender = SenderId.random();
  private double bytesPerEvent = FIRST_ESTIMATE;

  /// @param coveredTo up to when every transition is durable in the outbox, and will not be revised
  ///     even if the gateway is killed now
  BatchLoader(
      EventQueue queue,
      GatewayAddress address,
      InstantSource clock,
      Supplier<Optional<Instant>> coveredTo) {
    this.queue = queue;
    this.address = address;
    this.clock = clock;
    this.coveredTo = coveredTo;
  }

  /// A batch ready to be published.
  static final class LoadedBatch {
    private final byte[] body;
    private final SeqRange range;
    private final SeqRange standsFor;

    /// @param range from the first to the last event, by their own numbers
    /// @param standsFor the range in the body, with the numbers that summaries stand for
    private LoadedBatch(byte[] body, SeqRange range, SeqRange standsFor) {
      this.body = body;
      this.range = range;
      this.standsFor = standsFor;
    }

    byte[] body() {
      return body;
    }

    SeqRange range() {
      return range;
    }

    SeqRange standsFor() {
      return standsFor;
    }
  }

  /// The name of this process in its batches.
  SenderId sender() {
    return sender;
  }

  /// The first waiting events of the plan's range, as many as fit but at least one; empty if none
  /// is waiting.
  Optional<LoadedBatch> load(BatchPlan plan) {
    OutboxId id = queue.id();
    Optional<Instant> covered = coveredTo.get();
    OutboxCounts counts = queue.counts();
    Instant now = clock.instant();
    List<MachineEvent> events = samePeriod(waiting(plan, estimate(plan.maxBytes())), now);
    // If the outbox was renumbered since, the plan's numbers are of the old one.
    if (!queue.id().equals(id)) {
      return Optional.empty();
    }
    while (!events.isEmpty()) {
      // A quarantined event before the last number is not covered by the batch.
      boolean covers =
          events.getLast().seq().value() == counts.recorded() && counts.quarantined() == 0;
      EventBatch batch =
          new EventBatch(
              address,
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
        SeqRange own = new SeqRange(events.getFirst().seq(), events.getLast().seq());
        return Optional.of(new LoadedBatch(body, own, batch.range()));
      }
      events = events.subList(0, Math.min(estimate(plan.maxBytes()), events.size() - 1));
    }
    return Optional.empty();
  }

  private int estimate(int bytes) {
    double fitting = (bytes - HEADER_BYTES) / bytesPerEvent * SAFETY_FACTOR;
    return Math.clamp((long) fitting, 1, BatchCodec.MAX_EVENTS);
  }

  private List<MachineEvent> waiting(BatchPlan plan, int most) {
    int limit = (int) Math.min(most, plan.range().size());
    List<MachineEvent> events = queue.peek(plan.range().first().value() - 1, limit);
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
}
