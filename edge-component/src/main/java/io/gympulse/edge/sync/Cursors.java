package io.gympulse.edge.sync;

import io.gympulse.contract.id.SeqRange;
import java.util.Optional;

/// How far sending has come. What waited when the link came up is the past; what was appended since
/// is the present.
///
/// @param tail the last durable sequence number, 0 for none
/// @param liveNext the first event of the present that was not yet sent
/// @param backlogNext the first event of the past that was not yet sent
/// @param backlogLast where the past ends
record Cursors(long tail, long liveNext, long backlogNext, long backlogLast) {

  static Cursors at(long tail) {
    return new Cursors(tail, tail + 1, 1, tail);
  }

  Cursors appended(long seq) {
    return new Cursors(Math.max(tail, seq), liveNext, backlogNext, backlogLast);
  }

  Optional<SeqRange> live() {
    return range(liveNext, tail);
  }

  Optional<SeqRange> backlog() {
    return range(backlogNext, backlogLast);
  }

  /// Everything of this source up to `last` was taken care of.
  Cursors passed(Plan.Source source, long last) {
    return switch (source) {
      case LIVE -> new Cursors(tail, last + 1, backlogNext, backlogLast);
      case BACKLOG -> new Cursors(tail, liveNext, last + 1, backlogLast);
      case REPEAT -> this;
    };
  }

  private static Optional<SeqRange> range(long first, long last) {
    return first <= last ? Optional.of(SeqRange.of(first, last)) : Optional.empty();
  }
}
