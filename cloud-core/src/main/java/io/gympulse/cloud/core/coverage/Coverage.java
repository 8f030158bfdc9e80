package io.gympulse.cloud.core.coverage;

import io.gympulse.contract.id.OutboxId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The time of which a gateway's events are all stored. A gateway that says that all events of its
/// outbox from before a moment are stored, and that nothing up to it will be revised, has proven
/// the time from the outbox's first event to that moment.
///
/// A join: merging is commutative, associative and idempotent. Immutable.
public record Coverage(NavigableMap<OutboxId, OutboxCoverage> outboxes) {
  /// How long a machine's own report holds: it covers `[at, at + OF_REPORT)`.
  public static final Duration OF_REPORT = Duration.ofMinutes(5);

  /// How long after its last proof an outbox keeps its place beside newer ones.
  private static final Duration IN_USE = Duration.ofDays(35);

  /// The same for one that has proven no time yet.
  private static final Duration UNPROVEN = Duration.ofDays(1);

  public static final Coverage NONE = new Coverage(new TreeMap<>(order()));

  public Coverage {
    NavigableMap<OutboxId, OutboxCoverage> sorted = new TreeMap<>(order());
    sorted.putAll(outboxes);
    outboxes = Collections.unmodifiableNavigableMap(sorted);
  }

  private static Comparator<OutboxId> order() {
    return Comparator.comparing(OutboxId::toString);
  }

  public static Coverage of(Map<OutboxId, OutboxCoverage> outboxes) {
    NavigableMap<OutboxId, OutboxCoverage> sorted = new TreeMap<>(order());
    sorted.putAll(outboxes);
    return new Coverage(sorted);
  }

  /// The event numbered 1 of an outbox is stored; it happened at `from`.
  public static Coverage begun(OutboxId outbox, Instant from) {
    return of(Map.of(outbox, new OutboxCoverage(Optional.of(from), Optional.empty())));
  }

  /// All events of an outbox from before `to` are stored, and nothing before it will be revised.
  public static Coverage reached(OutboxId outbox, Instant to) {
    return of(Map.of(outbox, new OutboxCoverage(Optional.empty(), Optional.of(to))));
  }

  /// What either of them proves.
  public Coverage join(Coverage other) {
    NavigableMap<OutboxId, OutboxCoverage> joined = new TreeMap<>(outboxes);
    other.outboxes.forEach((outbox, it) -> joined.merge(outbox, it, OutboxCoverage::join));
    return new Coverage(joined);
  }

  /// What either of them proves, of no more than `most` outboxes: a gateway uses one at a time, so
  /// its record stays small whatever ids its messages name.
  ///
  /// Those known before stay, as long as they are in use. Room is made first by outboxes that have
  /// proven no time for a day, then by those that proved none for [#IN_USE]. What is dropped counts
  /// as unknown from then on.
  public Coverage joinWithin(Coverage other, int most) {
    Coverage joined = join(other);
    if (joined.outboxes.size() <= most) {
      return joined;
    }
    Instant newest =
        joined.outboxes.values().stream()
            .map(OutboxCoverage::last)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    Comparator<OutboxId> worth =
        Comparator.<OutboxId, Boolean>comparing(it -> joined.isInUse(it, newest))
            .thenComparing(outboxes::containsKey)
            .thenComparing(it -> joined.interval(it).isPresent())
            .thenComparing(it -> joined.lastOf(it))
            .thenComparing(OutboxId::toString);
    NavigableMap<OutboxId, OutboxCoverage> kept = new TreeMap<>(order());
    joined.outboxes.keySet().stream()
        .sorted(worth.reversed())
        .limit(most)
        .forEach(it -> kept.put(it, joined.outboxes.get(it)));
    return new Coverage(kept);
  }

  private boolean isInUse(OutboxId outbox, Instant newest) {
    Duration allowed = interval(outbox).isPresent() ? IN_USE : UNPROVEN;
    return lastOf(outbox).plus(allowed).isAfter(newest);
  }

  private Instant lastOf(OutboxId outbox) {
    return Optional.ofNullable(outboxes.get(outbox)).map(OutboxCoverage::last).orElse(Instant.MIN);
  }

  /// Without the outboxes that the other one does not name.
  public Coverage only(Coverage other) {
    NavigableMap<OutboxId, OutboxCoverage> left = new TreeMap<>(outboxes);
    left.keySet().retainAll(other.outboxes.keySet());
    return left.size() == outboxes.size() ? this : new Coverage(left);
  }

  /// One interval per outbox that has proven any time, by its beginning. Those of different
  /// outboxes may overlap.
  public List<Interval> covered() {
    return outboxes.keySet().stream()
        .flatMap(it -> interval(it).stream())
        .sorted(Comparator.comparing(Interval::from))
        .toList();
  }

  /// The part of that in `[from, to)`, which bounds what the time of events and messages can claim.
  public List<Interval> covered(Instant from, Instant to) {
    return covered().stream()
        .filter(it -> it.from().isBefore(to) && from.isBefore(it.to()))
        .map(it -> it.within(from, to))
        .toList();
  }

  /// Empty if its beginning or its end is not proven, or nothing lies between them.
  public Optional<Interval> interval(OutboxId outbox) {
    return Optional.ofNullable(outboxes.get(outbox))
        .filter(it -> it.from().isPresent() && it.to().isPresent())
        .filter(it -> it.from().get().isBefore(it.to().get()))
        .map(it -> new Interval(outbox, it.from().get(), it.to().get()));
  }

  /// The end of what is covered.
  public Optional<Instant> to() {
    return covered().stream().map(Interval::to).max(Comparator.naturalOrder());
  }
}
