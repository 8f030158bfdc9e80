package io.gympulse.edge.sync;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.outbox.OutboxCounts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Puts planned batches together from what waits in the outbox. For one thread.
///
/// It never holds more events than one batch has. How many fit is guessed from the batch before.
///
/// Events that the wall clock calls future, as it was set back since, travel only with their like:
/// the cloud refuses the batches they are in until their time has come.
final class BatchLoader {
  private static final int HEADER_BYTES = 300;
  private static final double FIRST_GUESS = 6;

  /// Fewer events tell little about the size of many.
  private static final int TELLING = 100;

  private static final double CAUTION = 0.97;

  private final Outbox outbox;
  private final GatewayAddress address;
  private final InstantSource clock;
  private final Supplier<Optional<Instant>> coveredTo;
  private final SenderId sender = SenderId.random();
  private double bytesPerEvent = FIRST_GUESS;

  /// @param coveredTo up to when every transition is durable in the outbox, and will stay the truth
  ///     even if the gateway is killed now
  BatchLoader(
      Outbox outbox,
      GatewayAddress address,
      InstantSource clock,
      Supplier<Optional<Instant>> coveredTo) {
    this.outbox = outbox;
    this.address = address;
    this.clock = clock;
    this.coveredTo = coveredTo;
  }

  /// By what its batches name this process.
  SenderId sender() {
    return sender;
  }

  /// The first events of the plan's range that still wait, as many as fit; empty if none waits. At
  /// least one is sent, whatever it takes.
  Optional<LoadedBatch> load(Plan plan) {
    OutboxId id = outbox.id();
    Optional<Instant> covered = coveredTo.get();
    OutboxCounts counts = outbox.counts();
    Instant now = clock.instant();
    List<MachineEvent> events = alike(waiting(plan, guess(plan.maxBytes())), now);
    // Numbers are of one outbox only.
    if (!outbox.id().equals(id)) {
      return Optional.empty();
    }
    while (!events.isEmpty()) {
      // Nothing that is kept apart may hide before the last number.
      boolean vouches =
          events.getLast().seq().value() == counts.recorded() && counts.quarantined() == 0;
      EventBatch batch =
          new EventBatch(
              address,
              id,
              plan.kind(),
              sentAt(events, now),
              covered.filter(_ -> vouches),
              events,
              Optional.of(sender));
      byte[] body = BatchCodec.encode(batch);
      boolean fits = body.length <= plan.maxBytes();
      if (!fits || events.size() >= TELLING) {
        bytesPerEvent = Math.max(1, (double) (body.length - HEADER_BYTES) / events.size());
      }
      if (fits || events.size() == 1) {
        SeqRange own = new SeqRange(events.getFirst().seq(), events.getLast().seq());
        return Optional.of(new LoadedBatch(body, own, batch.range()));
      }
      events = events.subList(0, Math.min(guess(plan.maxBytes()), events.size() - 1));
    }
    return Optional.empty();
  }

  private int guess(int bytes) {
    double fitting = (bytes - HEADER_BYTES) / bytesPerEvent * CAUTION;
    return Math.clamp((long) fitting, 1, BatchCodec.MAX_EVENTS);
  }

  private List<MachineEvent> waiting(Plan plan, int most) {
    int limit = (int) Math.min(most, plan.range().size());
    List<MachineEvent> events = outbox.peek(plan.range().first().value() - 1, limit);
    int inside = events.size();
    while (inside > 0 && events.get(inside - 1).seq().compareTo(plan.range().last()) > 0) {
      inside--;
    }
    return events.subList(0, inside);
  }

  /// The first events as far as all are of the future or none is.
  private static List<MachineEvent> alike(List<MachineEvent> events, Instant now) {
    int end = Math.min(1, events.size());
    while (end < events.size()
        && events.get(end).at().isAfter(now) == events.getFirst().at().isAfter(now)) {
      end++;
    }
    return events.subList(0, end);
  }

  /// No event may be later than its batch was sent. If the clock was set back since, the batch says
  /// so by a time ahead of the cloud's, which the cloud answers by asking for it again later.
  private static Instant sentAt(List<MachineEvent> events, Instant now) {
    Instant latest = now;
    for (MachineEvent event : events) {
      latest = event.at().isAfter(latest) ? event.at() : latest;
    }
    return latest;
  }
}
