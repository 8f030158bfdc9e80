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

  /// Whether one more live batch may be on its way without an answer.
  boolean hasRoomForLive() {
    long bytes = 0;
    int runs = 0;
    for (InFlight it : inFlight) {
      if (it.kind() == BatchKind.LIVE && !it.parked()) {
        bytes += it.bytes();
        runs++;
      }
    }
    return bytes < SyncSettings.LIVE_WINDOW && runs < SyncSettings.LIVE_RUNS;
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

  /// Live batches that adjoin become one run, so that there are few however long the cloud holds
  /// its answers.
  Deliveries sent(InFlight batch) {
    List<InFlight> more = new ArrayList<>(inFlight);
    int last = more.size() - 1;
    while (last >= 0 && more.get(last).source() != Plan.Source.LIVE) {
      last--;
    }
    if (last >= 0 && more.get(last).adjoins(batch)) {
      more.set(last, more.get(last).joined(batch));
    } else {
      more.add(batch);
    }
    return new Deliveries(more, repeats, parked);
  }

  /// What adjoins is repeated together, so that a cloud that never answers leaves few runs behind.
  Deliveries repeating(SeqRange range, BatchKind kind, int attempts) {
    List<Repeat> more = new ArrayList<>(repeats);
    Repeat next = new Repeat(range, kind, attempts);
    int before = more.size() - 1;
    while (before >= 0 && !more.get(before).adjoins(next)) {
      before--;
    }
    if (before >= 0) {
      more.set(before, more.get(before).joined(next));
    } else {
      more.add(next);
    }
    return new Deliveries(inFlight, more, parked);
  }

  /// What is planned does not wait any more.
  Deliveries takenUp(Plan plan) {
    return switch (plan.source()) {
      case LIVE, BACKLOG -> this;
      case REPEAT -> withoutFirstRepeat(plan.range());
      case PARKED -> withoutParked(plan.range());
    };
  }

  private Deliveries repeatingFirst(Repeat rest) {
    List<Repeat> more = new ArrayList<>(List.of(rest));
    more.addAll(repeats);
    return new Deliveries(inFlight, more, parked);
  }

  /// What is not planned of the first repeat is still the first.
  private Deliveries withoutFirstRepeat(SeqRange planned) {
    Repeat first = repeats.getFirst();
    List<Repeat> left = new ArrayList<>();
    for (SeqRange part : Ranges.without(first.range(), planned)) {
      left.add(new Repeat(part, first.kind(), first.attempts()));
    }
    left.addAll(repeats.subList(1, repeats.size()));
    return new Deliveries(inFlight, left, parked);
  }

  /// This part of what was planned was not sent: it waits as before.
  Deliveries givenBack(Plan plan, SeqRange part, long now) {
    return switch (plan.source()) {
      case LIVE, BACKLOG -> this;
      case REPEAT -> repeatingFirst(new Repeat(part, plan.kind(), plan.attempts()));
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
