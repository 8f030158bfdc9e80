package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.RejectedRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;

/// What is on its way without an answer, and what is to be sent again.
///
/// @param repeats what is to be sent as soon as there is room
/// @param parked what the cloud would not take yet: it takes nobody's room
record Deliveries(List<InFlight> inFlight, List<Repeat> repeats, List<Parked> parked) {
  static final Deliveries NONE = new Deliveries(List.of(), List.of(), List.of());

  Deliveries {
    inFlight = List.copyOf(inFlight);
    repeats = List.copyOf(repeats);
    parked = List.copyOf(parked);
  }

  int liveBatches() {
    return (int)
        inFlight.stream().filter(it -> it.kind() == BatchKind.LIVE && !it.parked()).count();
  }

  int bytesBehind() {
    return behind().mapToInt(InFlight::bytes).sum();
  }

  int batchesBehind() {
    return (int) behind().count();
  }

  /// How long the slowest of the batches of backlog waited that were sent once and are answered for
  /// in `after`; empty if there is none.
  OptionalLong longestWait(Deliveries after, long now) {
    return inFlight.stream()
        .filter(it -> it.kind() == BatchKind.BACKLOG && it.attempts() == 0)
        .filter(it -> !after.inFlight.contains(it))
        .mapToLong(it -> now - it.sentAt())
        .max();
  }

  private Stream<InFlight> behind() {
    return inFlight.stream().filter(InFlight::behind);
  }

  OptionalLong firstDue() {
    return inFlight.stream().mapToLong(InFlight::dueAt).min();
  }

  Deliveries sent(InFlight batch) {
    List<InFlight> more = new ArrayList<>(inFlight);
    more.add(batch);
    return new Deliveries(more, repeats, parked);
  }

  Deliveries repeating(SeqRange range, BatchKind kind, int attempts) {
    List<Repeat> more = new ArrayList<>(repeats);
    more.add(new Repeat(range, kind, attempts));
    return new Deliveries(inFlight, more, parked);
  }

  /// What is planned does not wait any more.
  Deliveries takenUp(Plan plan) {
    return switch (plan.source()) {
      case LIVE, BACKLOG -> this;
      case REPEAT -> new Deliveries(inFlight, repeats.subList(1, repeats.size()), parked);
      case PARKED -> withoutParked(plan.range());
    };
  }

  /// This part of what was planned was not sent: it waits as before.
  Deliveries givenBack(Plan plan, SeqRange part, long now) {
    return switch (plan.source()) {
      case LIVE, BACKLOG -> this;
      case REPEAT -> repeating(part, plan.kind(), plan.attempts());
      case PARKED -> parking(new Repeat(part, plan.kind(), plan.attempts()), now);
    };
  }

  Deliveries parking(Repeat what, long dueAt) {
    List<Parked> more = new ArrayList<>(parked);
    more.add(new Parked(what, dueAt));
    return new Deliveries(inFlight, repeats, more);
  }

  /// When the first of what is parked is due; empty while some of it is on its way.
  OptionalLong parkedDue() {
    return inFlight.stream().anyMatch(InFlight::parked)
        ? OptionalLong.empty()
        : parked.stream().mapToLong(Parked::dueAt).min();
  }

  /// What is parked and due, and what is parked right behind it, due or not: many that were refused
  /// one by one become few messages.
  Optional<Repeat> parkedRun(long now) {
    List<Parked> ascending =
        parked.stream().sorted(Comparator.comparing(it -> it.range().first())).toList();
    Optional<Repeat> run = Optional.empty();
    for (Parked it : ascending) {
      boolean joins = run.filter(before -> it.follows(before.range())).isPresent();
      if (run.isPresent() && !joins) {
        return run;
      }
      if (joins || it.dueAt() - now <= 0) {
        run = Optional.of(run.map(it::joined).orElse(it.what()));
      }
    }
    return run;
  }

  private Deliveries withoutParked(SeqRange range) {
    return new Deliveries(
        inFlight,
        repeats,
        parked.stream()
            .flatMap(it -> Ranges.without(it.range(), range).stream().map(it::only))
            .toList());
  }

  /// What was not answered in time is to be sent again.
  Deliveries expired(long now) {
    Deliveries result = this;
    for (InFlight batch : inFlight) {
      if (batch.dueAt() - now <= 0) {
        Deliveries left = result.without(batch);
        Repeat again = batch.again();
        result =
            batch.parked()
                ? left.parking(again, now)
                : left.repeating(again.range(), again.kind(), again.attempts());
      }
    }
    return result;
  }

  private Deliveries without(InFlight batch) {
    return new Deliveries(
        inFlight.stream().filter(it -> !it.equals(batch)).toList(), repeats, parked);
  }

  /// The cloud has these events: none of them needs to be sent again.
  Deliveries stored(SeqRange range) {
    return new Deliveries(
        inFlight.stream()
            .flatMap(it -> Ranges.without(it.range(), range).stream().map(it::only))
            .toList(),
        repeats.stream()
            .flatMap(
                it ->
                    Ranges.without(it.range(), range).stream()
                        .map(part -> new Repeat(part, it.kind(), it.attempts())))
            .toList(),
        withoutParked(range).parked);
  }

  /// The cloud answers, so nothing waits for it longer than a first attempt would.
  Deliveries hurried(long firstWaitNanos) {
    return new Deliveries(
        inFlight.stream()
            .map(it -> it.dueAt(Math.min(it.dueAt(), it.sentAt() + firstWaitNanos)))
            .toList(),
        repeats,
        parked);
  }

  /// The cloud will take this range later: what is on its way of it makes room for all else.
  ///
  /// @param waitNanos how long something waits that was refused so many times
  Deliveries deferred(SeqRange range, long now, IntToLongFunction waitNanos) {
    Deliveries result = this;
    for (InFlight batch : inFlight) {
      Optional<SeqRange> refused = Ranges.intersection(batch.range(), range);
      if (refused.isPresent()) {
        result = result.without(batch);
        for (SeqRange part : Ranges.without(batch.range(), refused.get())) {
          result = result.sent(batch.only(part));
        }
        long dueAt = now + waitNanos.applyAsLong(batch.attempts());
        // It may have been on its way more than once.
        result = result.withoutParked(refused.get());
        result = result.parking(batch.only(refused.get()).again(), dueAt);
      }
    }
    return result;
  }

  /// The cloud will never take this range as a whole: several events are sent again in parts, and a
  /// single one goes to `quarantine`. Only an answer about one event says something of that event:
  /// a late one about more, when it is alone on its way already, says nothing new.
  Deliveries refused(RejectedRange rejected, List<SyncOutput> quarantine) {
    Deliveries result = this;
    for (InFlight batch : inFlight) {
      Optional<SeqRange> refused = Ranges.intersection(batch.range(), rejected.range());
      if (refused.isPresent() && batch.isMeantBy(rejected.range())) {
        result = result.without(batch);
        for (SeqRange part : Ranges.without(batch.range(), refused.get())) {
          result = result.sent(batch.only(part));
        }
        result = result.divided(refused.get(), batch, rejected, quarantine);
      }
    }
    return result;
  }

  private Deliveries divided(
      SeqRange refused, InFlight batch, RejectedRange rejected, List<SyncOutput> quarantine) {
    if (rejected.range().size() == 1 || batch.range().size() == 1) {
      String reason = rejected.code().wireName() + ": " + rejected.detail();
      quarantine.add(new SyncOutput.Quarantine(refused.first(), reason));
      return this;
    }
    Deliveries result = this;
    for (SeqRange part : refused.size() == 1 ? List.of(refused) : Ranges.halves(refused)) {
      result = result.repeating(part, batch.kind(), 0);
    }
    return result;
  }
}
