package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import java.util.Optional;

/// How far sending has come, in the past and in the present. Only reserved numbers may be sent.
///
/// @param tail the last number that can be sent, 0 for none
/// @param reservation which numbers may be sent
/// @param liveNext the first event of the present that was not yet sent
/// @param backlogNext the first event of the past that was not yet sent
/// @param backlogLast where the past ends
record Cursors(
    long tail, Reservation reservation, long liveNext, long backlogNext, long backlogLast) {
  static final Cursors NONE = new Cursors(0, new Reservation(0, 0), 1, 1, 0);

  /// @param asked the last number whose reservation is under way or done
  /// @param granted the last number that is reserved
  record Reservation(long asked, long granted) {}

  /// The link is up: everything that waits is to be sent, from the beginning.
  ///
  /// @param present where the present begins
  Cursors anew(long ready, long present) {
    long end = Math.max(tail, ready);
    long live = Math.min(present, end + 1);
    Reservation granted = new Reservation(reservation.granted(), reservation.granted());
    return new Cursors(end, granted, live, 1, live - 1);
  }

  /// @param present where the present begins: what became ready late is of the past
  Cursors ready(long last, long present) {
    long end = Math.max(tail, last);
    long live = Math.min(present, end + 1);
    return live <= liveNext
        ? new Cursors(end, reservation, liveNext, backlogNext, backlogLast)
        : new Cursors(end, reservation, live, backlogNext, live - 1);
  }

  Cursors asked(long last) {
    return with(new Reservation(last, reservation.granted()));
  }

  /// What was asked for may not have been heard: it is to be asked for again.
  Cursors notAsked() {
    return with(new Reservation(reservation.granted(), reservation.granted()));
  }

  Cursors reserved(long last) {
    return with(
        new Reservation(
            Math.max(reservation.asked(), last), Math.max(reservation.granted(), last)));
  }

  private Cursors with(Reservation changed) {
    return new Cursors(tail, changed, liveNext, backlogNext, backlogLast);
  }

  Optional<SeqRange> live() {
    return range(liveNext, Math.min(tail, reservation.granted()));
  }

  Optional<SeqRange> backlog() {
    return range(backlogNext, Math.min(backlogLast, reservation.granted()));
  }

  /// Up to which number more is to be asked for; empty if there is enough for some batches.
  ///
  /// @param step how many numbers of the past are reserved at a time
  Optional<Long> toReserve(long step) {
    if (liveNext <= tail) {
      return Optional.of(tail).filter(it -> it > reservation.asked());
    }
    long wanted = Math.min(backlogLast, backlogNext + step);
    return backlogNext <= backlogLast && reservation.asked() < wanted
        ? Optional.of(Math.min(backlogLast, backlogNext + 2 * step))
        : Optional.empty();
  }

  /// Everything of this source up to `last` was taken care of.
  Cursors passed(Plan.Source source, long last) {
    return switch (source) {
      case LIVE -> new Cursors(tail, reservation, last + 1, backlogNext, backlogLast);
      case BACKLOG -> new Cursors(tail, reservation, liveNext, last + 1, backlogLast);
      case REPEAT, PARKED -> this;
    };
  }

  private static Optional<SeqRange> range(long first, long last) {
    return first <= last ? Optional.of(SeqRange.of(first, last)) : Optional.empty();
  }
}
