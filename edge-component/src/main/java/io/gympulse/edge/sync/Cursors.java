package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which events are live and which are backlog, and how far each were sent. Only reserved numbers
/// may be sent.
///
/// @param tail the last number that can be sent, 0 for none
/// @param liveNext the first live event that was not sent yet
/// @param backlogNext the first event of the backlog that was not sent yet
/// @param backlogLast the last event of the backlog
record Cursors(
    long tail, Reservation reservation, long liveNext, long backlogNext, long backlogLast) {
  static final Cursors NONE = new Cursors(0, new Reservation(0, 0), 1, 1, 0);

  /// @param requested the last number whose reservation is under way or done
  /// @param granted the last number that is reserved
  record Reservation(long requested, long granted) {}

  /// The uplink is connected: all waiting events are to be sent, from the first one on.
  ///
  /// @param lastReady the last number with wall time
  /// @param firstRecent from which number on events are live
  Cursors restarted(long lastReady, long firstRecent) {
    long end = Math.max(tail, lastReady);
    long live = Math.min(firstRecent, end + 1);
    return new Cursors(end, reservation, live, 1, live - 1).reservationFailed();
  }

  /// More events can be sent. Those that are not recent any more are backlog.
  Cursors extended(long lastReady, long firstRecent) {
    long end = Math.max(tail, lastReady);
    long live = Math.min(firstRecent, end + 1);
    return live <= liveNext
        ? new Cursors(end, reservation, liveNext, backlogNext, backlogLast)
        : new Cursors(end, reservation, live, backlogNext, live - 1);
  }

  Cursors reservationRequested(long last) {
    return with(new Reservation(last, reservation.granted()));
  }

  /// A request may have been lost: it has to be repeated.
  Cursors reservationFailed() {
    return with(new Reservation(reservation.granted(), reservation.granted()));
  }

  Cursors reserved(long last) {
    return with(
        new Reservation(
            Math.max(reservation.requested(), last), Math.max(reservation.granted(), last)));
  }

  private Cursors with(Reservation changed) {
    return new Cursors(tail, changed, liveNext, backlogNext, backlogLast);
  }

  /// The reserved live events that were not sent yet.
  Optional<SeqRange> live() {
    return range(liveNext, Math.min(tail, reservation.granted()));
  }

  /// The reserved events of the backlog that were not sent yet.
  Optional<SeqRange> backlog() {
    return range(backlogNext, Math.min(backlogLast, reservation.granted()));
  }

  /// Up to which number to request a reservation; empty if enough is reserved for some batches.
  ///
  /// @param step how many numbers of the backlog are reserved at a time
  Optional<Long> toReserve(long step) {
    if (liveNext <= tail) {
      return Optional.of(tail).filter(it -> it > reservation.requested());
    }
    long wanted = Math.min(backlogLast, backlogNext + step);
    return backlogNext <= backlogLast && reservation.requested() < wanted
        ? Optional.of(Math.min(backlogLast, backlogNext + 2 * step))
        : Optional.empty();
  }

  /// All events of this source up to `last` were sent, or are not waiting any more.
  Cursors advanced(BatchPlan.Source source, long last) {
    return switch (source) {
      case LIVE -> new Cursors(tail, reservation, last + 1, backlogNext, backlogLast);
      case BACKLOG -> new Cursors(tail, reservation, liveNext, last + 1, backlogLast);
      case RETRY, DEFERRED -> this;
    };
  }

  private static Optional<SeqRange> range(long first, long last) {
    return first <= last ? Optional.of(SeqRange.of(first, last)) : Optional.empty();
  }

  /// Which events were appended within the last minute, give or take a second: these are live, even
  /// if they have to be sent again.
  ///
  /// @param recorded the last number appended
  /// @param marks at most one per second, oldest first
  record RecentEvents(long recorded, List<Mark> marks) {
    private static final long MAX_AGE_NANOS = 60_000_000_000L;
    private static final long STEP_NANOS = 1_000_000_000L;

    /// Events from this number on were appended at this time or later.
    ///
    /// @param at monotonic nanoseconds
    record Mark(long first, long at) {}

    RecentEvents {
      marks = List.copyOf(marks);
    }

    static RecentEvents none(long recorded) {
      return new RecentEvents(recorded, List.of());
    }

    RecentEvents appended(long last, long now) {
      if (last <= recorded) {
        return this;
      }
      if (!marks.isEmpty() && now - marks.getLast().at() < STEP_NANOS) {
        return new RecentEvents(last, marks);
      }
      List<Mark> recent = new ArrayList<>(marks);
      recent.removeIf(it -> !isRecent(it, now));
      recent.add(new Mark(recorded + 1, now));
      return new RecentEvents(last, recent);
    }

    /// The number of the first recent event, or the next number if there is none.
    long first(long now) {
      return marks.stream()
          .filter(it -> isRecent(it, now))
          .mapToLong(Mark::first)
          .findFirst()
          .orElse(recorded + 1);
    }

    private static boolean isRecent(Mark mark, long now) {
      return now - mark.at() < MAX_AGE_NANOS;
    }
  }
}
