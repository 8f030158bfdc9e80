package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.ingest.AckPublisher.ImmediateAcks;
import io.gympulse.cloud.ingest.PendingAcks.Pending;
import io.gympulse.contract.id.SeqRange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delays acknowledgements of live events, so that a busy gateway gets one message for several
/// batches. Acknowledgements of backlog and rejections are published at once, together with what is
/// pending for their outbox: a gateway that drains its outbox waits for each of them.
///
/// Pending acknowledgements are lost when the process dies; their gateways send those events again
/// after 30 seconds or more, and get them acknowledged then. Safe for any number of threads.
public final class CoalescingAcks implements AckPublisher {
  /// Characters as JSON, well below the megabyte that a window's state may have on Lambda.
  static final int MAX_WEIGHT = 400_000;

  private static final Logger LOG = LoggerFactory.getLogger(CoalescingAcks.class);

  private final ImmediateAcks immediate;
  private final Duration delay;
  private final InstantSource clock;
  private final IngestCounters counters;
  private PendingAcks pending;

  /// @param delay how long an acknowledgement may be pending
  public CoalescingAcks(
      DevicePublisher publisher, Duration delay, InstantSource clock, IngestCounters counters) {
    this(publisher, delay, clock, counters, PendingAcks.NONE);
  }

  /// @param pending of earlier invocations
  CoalescingAcks(
      DevicePublisher publisher,
      Duration delay,
      InstantSource clock,
      IngestCounters counters,
      PendingAcks pending) {
    this.immediate = new ImmediateAcks(publisher);
    this.delay = delay;
    this.clock = clock;
    this.counters = counters;
    this.pending = pending;
  }

  @Override
  public void publish(Target target, Collection<BatchAck> acks) {
    if (acks.stream().allMatch(BatchAck::mayBeDelayed)) {
      add(target, new Pending(clock.instant(), stored(acks)));
      if (pending().weight() > MAX_WEIGHT) {
        publishAll();
      }
      return;
    }
    Optional<Pending> taken = take(target);
    List<BatchAck> all = new ArrayList<>(acks);
    taken.ifPresent(it -> all.add(ack(target, it)));
    try {
      immediate.publish(target, all);
    } catch (RuntimeException e) {
      taken.ifPresent(it -> add(target, it));
      throw e;
    }
  }

  /// Publishes the acknowledgements whose delay is over.
  public void publishDue() {
    publish(pending().addedUntil(clock.instant().minus(delay)));
  }

  /// Publishes all pending acknowledgements.
  public void publishAll() {
    publish(pending().byTarget().keySet());
  }

  synchronized PendingAcks pending() {
    return pending;
  }

  private void publish(Set<Target> targets) {
    targets.forEach(target -> take(target).ifPresent(it -> publish(target, it)));
  }

  /// One that fails is dropped, at the cost of a resend; a retry would delay the others.
  private void publish(Target target, Pending taken) {
    try {
      immediate.publish(target, List.of(ack(target, taken)));
    } catch (RuntimeException e) {
      counters.addAcksDropped(1);
      LOG.warn(
          "acknowledgement of {} to {} dropped; the gateway will send again",
          taken.stored(),
          target.gateway(),
          e);
    }
  }

  private synchronized void add(Target target, Pending more) {
    pending = pending.with(target, more);
  }

  private synchronized Optional<Pending> take(Target target) {
    Optional<Pending> taken = pending.of(target);
    pending = pending.without(Set.of(target));
    return taken;
  }

  private static List<SeqRange> stored(Collection<BatchAck> acks) {
    return acks.stream().flatMap(it -> it.stored().stream()).toList();
  }

  private static BatchAck ack(Target target, Pending taken) {
    return new BatchAck(target, taken.stored(), List.of());
  }
}
