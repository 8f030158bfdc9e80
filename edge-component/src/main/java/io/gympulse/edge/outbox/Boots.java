package io.gympulse.edge.outbox;

import io.gympulse.contract.event.TimeQuality;
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
import java.util.function.Function;

/// The boots that stamps have named, in the order in which they were first named, which is their
/// order in time.
record Boots(List<Boot> inOrder) {
  static final Boots NONE = new Boots(List.of());

  /// Searches from the end: boots are few, and mostly the last one is meant.
  private Optional<Boot> find(BootId id) {
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      if (inOrder.get(i).id().value().equals(id.value())) {
        return Optional.of(inOrder.get(i));
      }
    }
    return Optional.empty();
  }

  /// The boot of a stamp. It must be known.
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

  boolean hasStart(BootId id) {
    return find(id).flatMap(Boot::start).isPresent();
  }

  /// With the start of a boot by a synchronised clock.
  Boots withStart(BootId id, Instant at) {
    Boots known = including(id);
    return known.with(known.find(id).orElseThrow().withStart(Boot.Start.measured(at)));
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

  /// Whether the start of a later boot is known and the start of this one is not: it can only be
  /// estimated then.
  boolean endedUnsynchronised(Boot boot) {
    return boot.start().isEmpty()
        && inOrder.stream().anyMatch(it -> it.ordinal() > boot.ordinal() && it.start().isPresent());
  }

  boolean anyEndedUnsynchronised() {
    return inOrder.stream().anyMatch(this::endedUnsynchronised);
  }

  /// Estimates the starts of boots that ended before any clock was synchronised: between the last
  /// moment known before them and the start of the next boot that has one. Durations within a boot
  /// are kept, the boots stay in order, and each is placed as late as possible. A moment that would
  /// lie before the last one known before the boot is moved to it.
  ///
  /// @param spans the moments known of each boot
  /// @return the same boots; each that has a known one after it has its start
  Boots estimated(Function<Boot, Span> spans) {
    List<Boot> estimated = new ArrayList<>(inOrder);
    Optional<Instant> next = Optional.empty();
    for (int i = estimated.size() - 1; i >= 0; i--) {
      Boot boot = estimated.get(i);
      if (boot.start().isEmpty() && next.isPresent()) {
        Instant start = next.get().minus(spans.apply(boot).last());
        Instant earliest = latestEnd(estimated.subList(0, i), spans);
        estimated.set(i, boot.withStart(new Boot.Start(start, TimeQuality.BOUNDED, earliest)));
      }
      Boot placed = estimated.get(i);
      next = placed.start().map(it -> it.wall(spans.apply(placed).first()));
    }
    return new Boots(List.copyOf(estimated));
  }

  private static Instant latestEnd(List<Boot> boots, Function<Boot, Span> spans) {
    return boots.stream()
        .flatMap(boot -> boot.start().stream().map(it -> it.wall(spans.apply(boot).last())))
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /// Without the boots that are neither used nor needed to estimate the start of a boot to come:
  /// for that, the last one with a start and the one that ended latest are enough.
  ///
  /// @param used the ordinals of boots that rows refer to
  Boots pruned(Set<Integer> used) {
    List<Boot> started = inOrder.stream().filter(it -> it.start().isPresent()).toList();
    if (started.isEmpty() || anyEndedUnsynchronised()) {
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

  /// Whether a stamp is later than another. The boots of both must be known.
  boolean isLater(Stamp stamp, Stamp than) {
    int boots = Integer.compare(of(stamp).ordinal(), of(than).ordinal());
    return boots > 0 || (boots == 0 && stamp.sinceBoot().compareTo(than.sinceBoot()) > 0);
  }

  /// The first and the last moment of a boot that events and marks name, in time since it began.
  record Span(Duration first, Duration last) {
    static final Span START = new Span(Duration.ZERO, Duration.ZERO);

    Span including(Duration sinceBoot) {
      return new Span(
          sinceBoot.compareTo(first) < 0 ? sinceBoot : first,
          sinceBoot.compareTo(last) > 0 ? sinceBoot : last);
    }
  }

  /// One run of the machine's kernel, as far as stamps have named it.
  ///
  /// @param ordinal ascending from boot to boot
  /// @param start when it began, once that is measured or estimated
  /// @param last its latest moment known from alive marks and removed events, since it began
  record Boot(int ordinal, BootId id, Optional<Start> start, Duration last) {

    Boot(int ordinal, BootId id) {
      this(ordinal, id, Optional.empty(), Duration.ZERO);
    }

    /// @param quality corrected if a synchronised clock gave the start, bounded if it is estimated
    ///     between neighbours
    /// @param earliest no moment of the boot is placed before it
    record Start(Instant at, TimeQuality quality, Instant earliest) {
      /// The start by a synchronised clock.
      static Start measured(Instant at) {
        return new Start(at, TimeQuality.CORRECTED, Instant.EPOCH);
      }

      Instant wall(Duration sinceBoot) {
        Instant wall = at.plus(sinceBoot);
        return wall.isBefore(earliest) ? earliest : wall;
      }
    }

    Boot withStart(Start it) {
      return new Boot(ordinal, id, Optional.of(it), last);
    }

    Boot lastingAtLeast(Duration sinceBoot) {
      return sinceBoot.compareTo(last) <= 0 ? this : new Boot(ordinal, id, start, sinceBoot);
    }

    /// The wall time of [#last]. Requires the start.
    Instant end() {
      return start.orElseThrow().wall(last);
    }

    /// The stamp with the wall time that follows from the start, unless it has one already or the
    /// start is not known.
    Stamp resolved(Stamp stamp) {
      if (stamp.wall().isPresent() || start.isEmpty()) {
        return stamp;
      }
      Instant wall = start.get().wall(stamp.sinceBoot());
      return new Stamp(
          id, stamp.sinceBoot(), Optional.of(new Stamp.Wall(wall, start.get().quality())));
    }
  }
}
