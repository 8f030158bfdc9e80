package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.edge.sync.BatchSync.Output;
import io.gympulse.edge.sync.Retry.Deferred;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;

/// Events that were sent and are neither stored nor quarantined.
///
/// @param inFlight not acknowledged yet
/// @param retries to be sent again as soon as the backlog's window has room
/// @param deferred rejected as retryable: they count against no window
record PendingBatches(List<InFlightBatch> inFlight, List<Retry> retries, List<Deferred> deferred) {
  static final PendingBatches NONE = new PendingBatches(List.of(), List.of(), List.of());

  PendingBatches {
    inFlight = List.copyOf(inFlight);
    retries = List.copyOf(retries);
    deferred = List.copyOf(deferred);
  }

  /// Whether one more live batch may be in flight.
  boolean hasRoomForLive() {
    long bytes = 0;
    int runs = 0;
    for (InFlightBatch it : inFlight) {
      if (it.kind() == BatchKind.LIVE && !it.isDeferred()) {
        bytes += it.bytes();
        runs++;
      }
    }
    return bytes < SyncSettings.LIVE_WINDOW && runs < SyncSettings.LIVE_RUNS;
  }

  int backlogBytes() {
    return backlog().mapToInt(InFlightBatch::bytes).sum();
  }

  int backlogBatches() {
    return (int) backlog().count();
  }

  private Stream<InFlightBatch> backlog() {
    return inFlight.stream().filter(InFlightBatch::isBacklog);
  }

  /// The longest time in flight, in nanoseconds, of the batches of backlog that were sent once and
  /// are not in flight in `after`; empty if there is none.
  OptionalLong longestRoundTrip(PendingBatches after, long now) {
    return inFlight.stream()
        .filter(it -> it.kind() == BatchKind.BACKLOG && it.attempts() == 0)
        .filter(it -> !after.inFlight.contains(it))
        .mapToLong(it -> now - it.sentAt())
        .max();
  }

  OptionalLong firstDue() {
    return inFlight.stream().mapToLong(InFlightBatch::dueAt).min();
  }

  /// Adjoining live batches become one entry, so that there are few however long the cloud holds
  /// its acknowledgements.
  PendingBatches sent(InFlightBatch batch) {
    List<InFlightBatch> more = new ArrayList<>(inFlight);
    int last = more.size() - 1;
    while (last >= 0 && more.get(last).source() != BatchPlan.Source.LIVE) {
      last--;
    }
    if (last >= 0 && more.get(last).canMergeWith(batch)) {
      more.set(last, more.get(last).merged(batch));
    } else {
      more.add(batch);
    }
    return withInFlight(more);
  }

  /// Adjoining retries become one, so that there are few if the cloud never answers.
  private PendingBatches retrying(Retry next) {
    List<Retry> more = new ArrayList<>(retries);
    int before = more.size() - 1;
    while (before >= 0 && !more.get(before).canMergeWith(next)) {
      before--;
    }
    if (before >= 0) {
      more.set(before, more.get(before).merged(next));
    } else {
      more.add(next);
    }
    return withRetries(more);
  }

  /// Removes what is planned from the retries or the deferred events.
  PendingBatches planned(BatchPlan plan) {
    return switch (plan.source()) {
      case LIVE, BACKLOG -> this;
      case RETRY -> withoutFirstRetry(plan.range());
      case DEFERRED -> withoutDeferred(plan.range());
    };
  }

  /// The unplanned parts of the first retry stay the first ones.
  private PendingBatches withoutFirstRetry(SeqRange planned) {
    Retry first = retries.getFirst();
    List<Retry> left = new ArrayList<>();
    for (SeqRange part : Ranges.without(first.range(), planned)) {
      left.add(first.part(part));
    }
    left.addAll(retries.subList(1, retries.size()));
    return withRetries(left);
  }

  /// Puts a part of a plan that was not sent back to where it came from.
  PendingBatches returned(BatchPlan plan, SeqRange part, long now) {
    Retry retry = new Retry(part, plan.kind(), plan.attempts());
    return switch (plan.source()) {
      case LIVE, BACKLOG -> this;
      case RETRY -> withRetries(Stream.concat(Stream.of(retry), retries.stream()).toList());
      case DEFERRED -> deferring(retry, now);
    };
  }

  private PendingBatches deferring(Retry retry, long dueAt) {
    List<Deferred> more = new ArrayList<>(deferred);
    more.add(new Deferred(retry, dueAt));
    return new PendingBatches(inFlight, retries, more);
  }

  /// When the first deferred events are due; empty while some of them are in flight.
  OptionalLong deferredDue() {
    return inFlight.stream().anyMatch(InFlightBatch::isDeferred)
        ? OptionalLong.empty()
        : deferred.stream().mapToLong(Deferred::dueAt).min();
  }

  /// The first deferred events that are due, with those that adjoin behind them, due or not: many
  /// that were rejected one by one become few messages.
  Optional<Retry> deferredRun(long now) {
    List<Deferred> ascending =
        deferred.stream().sorted(Comparator.comparing(it -> it.range().first())).toList();
    Optional<Retry> run = Optional.empty();
    for (Deferred it : ascending) {
      boolean joins = run.filter(before -> it.follows(before.range())).isPresent();
      if (run.isPresent() && !joins) {
        return run;
      }
      if (joins || it.dueAt() - now <= 0) {
        run = Optional.of(run.map(it::mergedAfter).orElse(it.retry()));
      }
    }
    return run;
  }

  private PendingBatches withoutDeferred(SeqRange range) {
    return new PendingBatches(
        inFlight,
        retries,
        deferred.stream()
            .flatMap(it -> Ranges.without(it.range(), range).stream().map(it::part))
            .toList());
  }

  /// Batches without an acknowledgement in time are to be sent again.
  PendingBatches timedOut(long now) {
    PendingBatches result = this;
    for (InFlightBatch batch : inFlight) {
      if (batch.dueAt() - now <= 0) {
        PendingBatches left = result.without(batch);
        result =
            batch.isDeferred() ? left.deferring(batch.retry(), now) : left.retrying(batch.retry());
      }
    }
    return result;
  }

  private PendingBatches without(InFlightBatch batch) {
    return withInFlight(inFlight.stream().filter(it -> !it.equals(batch)).toList());
  }

  /// The cloud has stored these events: none of them is sent again.
  PendingBatches stored(SeqRange range) {
    return new PendingBatches(
        inFlight.stream()
            .flatMap(it -> Ranges.without(it.range(), range).stream().map(it::part))
            .toList(),
        retries.stream()
            .flatMap(it -> Ranges.without(it.range(), range).stream().map(it::part))
            .toList(),
        withoutDeferred(range).deferred);
  }

  /// The cloud answers again, so no batch waits longer than the delay of a first attempt.
  PendingBatches dueWithin(long firstDelayNanos) {
    return withInFlight(
        inFlight.stream()
            .map(it -> it.withDueAt(Math.min(it.dueAt(), it.sentAt() + firstDelayNanos)))
            .toList());
  }

  /// The cloud has rejected this range as retryable: its events in flight are deferred, so that
  /// they free the windows.
  ///
  /// @param delayNanos the delay after so many attempts
  PendingBatches rejectedForNow(SeqRange range, long now, IntToLongFunction delayNanos) {
    PendingBatches result = this;
    for (InFlightBatch batch : inFlight) {
      Optional<SeqRange> rejected = Ranges.intersection(batch.range(), range);
      if (rejected.isPresent()) {
        result = result.withoutPart(batch, rejected.get());
        long dueAt = now + delayNanos.applyAsLong(batch.attempts());
        // The events may have been in flight more than once.
        result = result.withoutDeferred(rejected.get());
        result = result.deferring(batch.part(rejected.get()).retry(), dueAt);
      }
    }
    return result;
  }

  /// The cloud has rejected this range for good: several events are sent again in two halves, a
  /// single one is quarantined. Only a rejection of one event says something about that event: a
  /// late rejection of a larger batch does not, when the event is in flight alone already.
  ///
  /// @param outputs receives the quarantines
  PendingBatches rejectedForGood(RejectedRange rejected, List<Output> outputs) {
    PendingBatches result = this;
    for (InFlightBatch batch : inFlight) {
      Optional<SeqRange> part = Ranges.intersection(batch.range(), rejected.range());
      if (part.isPresent() && batch.canBeMeantBy(rejected.range())) {
        result =
            result.withoutPart(batch, part.get()).bisected(part.get(), batch, rejected, outputs);
      }
    }
    return result;
  }

  private PendingBatches withoutPart(InFlightBatch batch, SeqRange part) {
    PendingBatches result = without(batch);
    for (SeqRange rest : Ranges.without(batch.range(), part)) {
      result = result.sent(batch.part(rest));
    }
    return result;
  }

  private PendingBatches bisected(
      SeqRange part, InFlightBatch batch, RejectedRange rejected, List<Output> outputs) {
    if (rejected.range().size() == 1 || batch.range().size() == 1) {
      String reason = rejected.code().wireName() + ": " + rejected.detail();
      outputs.add(new Output.Quarantine(part.first(), reason));
      return this;
    }
    PendingBatches result = this;
    for (SeqRange half : part.size() == 1 ? List.of(part) : Ranges.halves(part)) {
      result = result.retrying(new Retry(half, batch.kind(), 0));
    }
    return result;
  }

  private PendingBatches withInFlight(List<InFlightBatch> changed) {
    return new PendingBatches(changed, retries, deferred);
  }

  private PendingBatches withRetries(List<Retry> changed) {
    return new PendingBatches(inFlight, changed, deferred);
  }
}
