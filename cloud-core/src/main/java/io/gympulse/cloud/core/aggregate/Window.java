package io.gympulse.cloud.core.aggregate;

import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.event.Retention;
import io.gympulse.contract.event.Summary;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.LongStream;

/// A quarter of an hour, `[start, end)`, counted from 1970 in UTC: the same bins by which a gateway
/// coalesces. Changes of local clocks do not affect them.
///
/// @param start a multiple of 15 minutes since 1970
public record Window(Instant start) implements Comparable<Window> {
  public static final Duration LENGTH = Summary.BIN;

  public Window {
    if (!start.equals(startOf(Summary.binOf(start)))) {
      throw new IllegalArgumentException("%s begins no quarter of an hour".formatted(start));
    }
  }

  /// The window that contains a moment.
  public static Window of(Instant at) {
    return new Window(startOf(Summary.binOf(at)));
  }

  /// The window with a [#number].
  public static Window numbered(long number) {
    return new Window(startOf(number));
  }

  /// How many quarters of an hour after 1970 it begins.
  public long number() {
    return Summary.binOf(start);
  }

  /// The windows that overlap `[from, to)`, ascending. All are listed: the caller bounds the span
  /// first.
  public static List<Window> touching(Instant from, Instant to) {
    if (!from.isBefore(to)) {
      return List.of();
    }
    return LongStream.rangeClosed(Summary.binOf(from), Summary.binOf(to.minusNanos(1)))
        .mapToObj(it -> new Window(startOf(it)))
        .toList();
  }

  /// The windows of a local day, ascending: 96, or more or fewer on days with a clock change. All
  /// zones in use today differ from UTC by whole quarters of an hour.
  public static List<Window> ofDay(LocalDate day, ZoneId zone) {
    return touching(
        day.atStartOfDay(zone).toInstant(), day.plusDays(1).atStartOfDay(zone).toInstant());
  }

  public Instant end() {
    return start.plus(LENGTH);
  }

  public Window next() {
    return new Window(end());
  }

  public Window previous() {
    return new Window(start.minus(LENGTH));
  }

  @Override
  public int compareTo(Window other) {
    return start.compareTo(other.start);
  }

  @Override
  public String toString() {
    return start.toString();
  }

  private static Instant startOf(long bin) {
    return Instant.ofEpochMilli(Math.multiplyExact(bin, LENGTH.toMillis()));
  }

  /// The time span whose windows can be computed: events before it may have expired, and time after
  /// it is the future. It bounds the number of due windows, whatever times gateways claim.
  ///
  /// @param oldest the first window's beginning
  /// @param now the computing process's time
  public record Horizon(Instant oldest, Instant now) {
    /// How far a gateway's clock may run ahead of the computing process's.
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /// For a store whose events expire by the computing process's clock.
    public static Horizon at(Instant now) {
      return of(now, now);
    }

    /// @param expiry the time by which events expire; earlier than `now` while the store does not
    ///     trust the process's clock
    public static Horizon of(Instant now, Instant expiry) {
      Instant readable = expiry.minus(Retention.EVENTS).plus(Coverage.OF_REPORT);
      Window first = Window.of(readable);
      return new Horizon(first.start().equals(readable) ? readable : first.next().start(), now);
    }

    /// Whether the events of a window can still be read.
    public boolean contains(Window window) {
      return !window.start().isBefore(oldest);
    }

    List<Interval> of(Coverage coverage) {
      return coverage.covered(oldest, now.plus(AHEAD));
    }
  }
}
