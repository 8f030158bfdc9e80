package io.gympulse.edge.outbox;

import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All boots the outbox has heard of, in the order in which it did, which is their order in time.
record Boots(List<Boot> inOrder) {
  static final Boots NONE = new Boots(List.of());

  /// Boots are few, and mostly the last one is meant.
  private Optional<Boot> find(BootId id) {
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      if (inOrder.get(i).id().value().equals(id.value())) {
        return Optional.of(inOrder.get(i));
      }
    }
    return Optional.empty();
  }

  /// The boot of a stamp that was heard of.
  Boot of(Stamp stamp) {
    return find(stamp.boot()).orElseThrow();
  }

  /// The same with this boot as the latest, unless it is known already.
  Boots including(BootId id) {
    if (find(id).isPresent()) {
      return this;
    }
    List<Boot> more = new ArrayList<>(inOrder);
    more.add(new Boot(inOrder.isEmpty() ? 0 : inOrder.getLast().ordinal() + 1, id));
    return new Boots(List.copyOf(more));
  }

  boolean started(BootId id) {
    return find(id).flatMap(Boot::start).isPresent();
  }

  /// A synchronised clock told when a boot began.
  Boots begun(BootId id, Instant at) {
    Boots known = including(id);
    return known.with(known.find(id).orElseThrow().startedAt(Boot.Start.told(at)));
  }

  Boots with(Boot changed) {
    return new Boots(
        inOrder.stream().map(it -> it.ordinal() == changed.ordinal() ? changed : it).toList());
  }

  Stamp resolved(Stamp stamp) {
    return stamp.wall().isPresent()
        ? stamp
        : find(stamp.boot()).map(it -> it.resolved(stamp)).orElse(stamp);
  }

  Optional<Stamp> resolved(Optional<Stamp> stamp) {
    return stamp.map(this::resolved);
  }

  /// Whether a later boot's start is known and this one's not: it will never be told any more.
  boolean bygone(Boot boot) {
    return boot.start().isEmpty()
        && inOrder.stream().anyMatch(it -> it.ordinal() > boot.ordinal() && it.start().isPresent());
  }

  boolean anyBygone() {
    return inOrder.stream().anyMatch(this::bygone);
  }

  /// Without those that are neither used nor place others: boots to come lie behind the last one
  /// that has its start and behind the one that ended latest.
  Boots needed(Set<Integer> used) {
    List<Boot> started = inOrder.stream().filter(it -> it.start().isPresent()).toList();
    if (started.isEmpty() || anyBygone()) {
      return this;
    }
    int lastStarted = started.getLast().ordinal();
    int latest = Collections.max(started, Comparator.comparing(Boot::end)).ordinal();
    return new Boots(
        inOrder.stream()
            .filter(
                it ->
                    it.ordinal() >= lastStarted
                        || it.ordinal() == latest
                        || used.contains(it.ordinal()))
            .toList());
  }

  /// Whether a stamp is later than another; both of boots that are known.
  boolean later(Stamp stamp, Stamp than) {
    int boots = Integer.compare(ordinal(stamp), ordinal(than));
    return boots > 0 || (boots == 0 && stamp.sinceBoot().compareTo(than.sinceBoot()) > 0);
  }

  private int ordinal(Stamp stamp) {
    return of(stamp).ordinal();
  }

  /// The span of moments of a boot that events and marks know of, in time since it began.
  record Span(Duration first, Duration last) {
    static final Span START = new Span(Duration.ZERO, Duration.ZERO);

    Span including(Duration sinceBoot) {
      return new Span(
          sinceBoot.compareTo(first) < 0 ? sinceBoot : first,
          sinceBoot.compareTo(last) > 0 ? sinceBoot : last);
    }
  }
}
