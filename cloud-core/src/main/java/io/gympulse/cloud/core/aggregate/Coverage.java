package io.gympulse.cloud.core.aggregate;

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

/// The time of which all of a gateway's events are stored. Once a gateway reports that its outbox
/// holds no event from before a moment, and that no event up to it will be revised, the time from
/// the outbox's first event to that moment is covered.
///
/// A join semilattice: [#join] is commutative, associative and idempotent. Immutable.
public record Coverage(NavigableMap<OutboxId, OutboxCoverage> outboxes) {
  /// How long a machine's own report holds: it covers `[at, at + OF_REPORT)`.
  public static final Duration OF_REPORT = Duration.ofMinutes(5);

  /// How long after its last confirmed time an outbox keeps its place beside newer ones.
  private static final Duration IN_USE = Duration.ofDays(35);

  /// The same for an outbox without a covered interval.
  private static final Duration UNPROVEN = Duration.ofDays(1);

  public static final Coverage NONE = new Coverage(new TreeMap<>(order()));

  public Coverage {
    NavigableMap<OutboxId, OutboxCoverage> sorted = new TreeMap<>(order());
    sorted.putAll(outboxes);
    outboxes = Collections.unmodifiableNavigableMap(sorted);
  }

  /// A span `[from, to)` of which every event of an outbox is stored. Where another outbox's
  /// interval begins, a machine's status is unknown until the first event of that outbox.
  public record Interval(OutboxId outbox, Instant from, Instant to) {
    public Interval {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException(
            "an interval from %s to %s is empty".formatted(from, to));
      }
    }

    /// The intersection with `[first, end)`, which must not be empty.
    Interval within(Instant first, Instant end) {
      return new Interval(outbox, from.isBefore(first) ? first : from, to.isAfter(end) ? end : to);
    }

    public boolean contains(Instant at) {
      return !at.isBefore(from) && at.isBefore(to);
    }
  }

  /// What is known of one outbox. Both ends are kept apart, as their messages come in any order.
  ///
  /// @param from the time of its first event, once that is stored
  /// @param to the latest time up to which it was empty
  public record OutboxCoverage(Optional<Instant> from, Optional<Instant> to) {
    /// The earlier beginning and the later end of both.
    public OutboxCoverage join(OutboxCoverage other) {
      return new OutboxCoverage(pick(from, other.from, false), pick(to, other.to, true));
    }

    /// The latest confirmed time.
    Instant last() {
      return to.or(() -> from).orElse(Instant.MIN);
    }

    private static Optional<Instant> pick(
        Optional<Instant> one, Optional<Instant> other, boolean later) {
      if (one.isEmpty() || other.isEmpty()) {
        return one.or(() -> other);
      }
      return one.get().isAfter(other.get()) == later ? one : other;
    }
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
  public static Coverage startingAt(OutboxId outbox, Instant from) {
    return of(Map.of(outbox, new OutboxCoverage(Optional.of(from), Optional.empty())));
  }

  /// All events of an outbox from before `to` are stored, and none before it will be revised.
  public static Coverage upTo(OutboxId outbox, Instant to) {
    return of(Map.of(outbox, new OutboxCoverage(Optional.empty(), Optional.of(to))));
  }

  /// The union of what both cover.
  public Coverage join(Coverage other) {
    NavigableMap<OutboxId, OutboxCoverage> joined = new TreeMap<>(outboxes);
    other.outboxes.forEach((outbox, it) -> joined.merge(outbox, it, OutboxCoverage::join));
    return new Coverage(joined);
  }

  /// The union of what both cover, of at most `most` outboxes: a gateway uses one at a time, so its
  /// record stays small whatever ids its messages name.
  ///
  /// Outboxes of this coverage are kept before those of `other` while they are in use. First to be
  /// dropped are outboxes without a covered interval for a day, then those whose interval has not
  /// grown for [#IN_USE]. Dropped time counts as unknown from then on.
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

  /// Without the outboxes that `other` does not contain.
  public Coverage retainOutboxes(Coverage other) {
    NavigableMap<OutboxId, OutboxCoverage> left = new TreeMap<>(outboxes);
    left.keySet().retainAll(other.outboxes.keySet());
    return left.size() == outboxes.size() ? this : new Coverage(left);
  }

  /// One interval per outbox with covered time, by its beginning. Those of different outboxes may
  /// overlap.
  public List<Interval> covered() {
    return outboxes.keySet().stream()
        .flatMap(it -> interval(it).stream())
        .sorted(Comparator.comparing(Interval::from))
        .toList();
  }

  /// The part of [#covered()] in `[from, to)`, which bounds what the times in messages can claim.
  public List<Interval> covered(Instant from, Instant to) {
    return covered().stream()
        .filter(it -> it.from().isBefore(to) && from.isBefore(it.to()))
        .map(it -> it.within(from, to))
        .toList();
  }

  /// Empty if its beginning or its end is not known, or nothing lies between them.
  public Optional<Interval> interval(OutboxId outbox) {
    return Optional.ofNullable(outboxes.get(outbox))
        .filter(it -> it.from().isPresent() && it.to().isPresent())
        .filter(it -> it.from().get().isBefore(it.to().get()))
        .map(it -> new Interval(outbox, it.from().get(), it.to().get()));
  }

  /// The end of the covered time: the gateway's watermark.
  public Optional<Instant> watermark() {
    return covered().stream().map(Interval::to).max(Comparator.naturalOrder());
  }
}
