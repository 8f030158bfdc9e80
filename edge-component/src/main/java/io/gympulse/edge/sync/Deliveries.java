package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.RejectedRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What is on its way without an answer, and what is to be sent again.
record Deliveries(List<InFlight> inFlight, List<Repeat> repeats) {
  static final Deliveries NONE = new Deliveries(List.of(), List.of());

  Deliveries {
    inFlight = List.copyOf(inFlight);
    repeats = List.copyOf(repeats);
  }

  int liveBatches() {
    return (int) inFlight.stream().filter(it -> it.kind() == BatchKind.LIVE).count();
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
    return inFlight.stream().filter(it -> it.kind() == BatchKind.BACKLOG || it.attempts() > 0);
  }

  OptionalLong firstDue() {
    return inFlight.stream().mapToLong(InFlight::dueAt).min();
  }

  Deliveries sent(InFlight batch) {
    List<InFlight> more = new ArrayList<>(inFlight);
    more.add(batch);
    return new Deliveries(more, repeats);
  }

  Deliveries repeating(SeqRange range, BatchKind kind, int attempts) {
    List<Repeat> more = new ArrayList<>(repeats);
    more.add(new Repeat(range, kind, attempts));
    return new Deliveries(inFlight, more);
  }

  /// The first repeat has been taken up.
  Deliveries withoutFirstRepeat() {
    return new Deliveries(inFlight, repeats.subList(1, repeats.size()));
  }

  /// What was not answered in time is to be sent again.
  Deliveries expired(long now) {
    Deliveries result = this;
    for (InFlight batch : inFlight) {
      if (batch.dueAt() - now <= 0) {
        result = result.without(batch).repeating(batch.range(), batch.kind(), batch.attempts() + 1);
      }
    }
    return result;
  }

  private Deliveries without(InFlight batch) {
    return new Deliveries(inFlight.stream().filter(it -> !it.equals(batch)).toList(), repeats);
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
            .toList());
  }

  /// The cloud answers, so nothing waits for it longer than a first attempt would.
  Deliveries hurried(long firstWaitNanos) {
    return new Deliveries(
        inFlight.stream()
            .map(it -> it.dueAt(Math.min(it.dueAt(), it.sentAt() + firstWaitNanos)))
            .toList(),
        repeats);
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
