package io.gympulse.edge.sync;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.edge.outbox.Outbox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Puts planned batches together from what waits in the outbox.
final class BatchLoader {
  private static final int HEADER_BYTES = 512;
  private static final int ROW_BYTES = 64;
  private static final int SMALLEST_ROW = 48;

  private final Outbox outbox;
  private final GatewayAddress address;
  private final InstantSource clock;
  private final Supplier<Optional<Instant>> coveredTo;

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

  /// The first events of the plan's range that still wait, as many as fit; empty if none waits.
  Optional<LoadedBatch> load(Plan plan) {
    Optional<Instant> covered = coveredTo.get();
    long tail = outbox.counts().recorded();
    outbox.reserve(plan.range().last()).join();
    List<MachineEvent> events = waiting(plan);
    while (!events.isEmpty()) {
      boolean toTheTail = events.getLast().seq().value() == tail;
      EventBatch batch =
          new EventBatch(
              address,
              outbox.id(),
              plan.kind(),
              sentAt(events),
              covered.filter(_ -> toTheTail),
              events);
      byte[] body = BatchCodec.encode(batch);
      if (body.length <= plan.maxBytes() || events.size() == 1) {
        return Optional.of(new LoadedBatch(body, batch.range()));
      }
      events = events.subList(0, events.size() / 2);
    }
    return Optional.empty();
  }

  private List<MachineEvent> waiting(Plan plan) {
    int most = Math.min(BatchCodec.MAX_EVENTS, plan.maxBytes() / SMALLEST_ROW);
    int limit = (int) Math.min(most, plan.range().size());
    List<MachineEvent> events = new ArrayList<>();
    int bytes = HEADER_BYTES;
    for (MachineEvent event : outbox.peek(plan.range().first().value() - 1, limit)) {
      bytes += ROW_BYTES + event.machine().value().length();
      if (!plan.range().contains(event.seq()) || bytes > plan.maxBytes()) {
        break;
      }
      events.add(event);
    }
    return events;
  }

  /// No event may be later than its batch was sent. If the clock was set back since, the batch says
  /// so by a time ahead of the cloud's, which the cloud answers by asking for it again later.
  private Instant sentAt(List<MachineEvent> events) {
    Instant latest = clock.instant();
    for (MachineEvent event : events) {
      latest = event.at().isAfter(latest) ? event.at() : latest;
    }
    return latest;
  }
}
