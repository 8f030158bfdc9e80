package io.gympulse.edge.outbox;

/// Totals since the outbox was made:
/// `recorded = waiting + acknowledged + quarantined + coalesced`.
///
/// @param recorded events appended; as numbers are gapless, also the last sequence number given
/// @param waiting events neither acknowledged, quarantined nor coalesced
/// @param coalesced events that others answer for
public record OutboxCounts(long recorded, long waiting, long quarantined, long coalesced) {
  public OutboxCounts {
    if (waiting < 0
        || quarantined < 0
        || coalesced < 0
        || waiting + quarantined + coalesced > recorded) {
      throw new IllegalArgumentException(
          "waiting %d + quarantined %d + coalesced %d of %d"
              .formatted(waiting, quarantined, coalesced, recorded));
    }
  }

  public long acknowledged() {
    return recorded - waiting - quarantined - coalesced;
  }

  OutboxCounts appended(long events) {
    return new OutboxCounts(recorded + events, waiting + events, quarantined, coalesced);
  }

  OutboxCounts removed(long events) {
    return new OutboxCounts(recorded, waiting - events, quarantined, coalesced);
  }

  /// @param events may be negative: that many come back
  OutboxCounts setApart(long events) {
    return new OutboxCounts(recorded, waiting - events, quarantined + events, coalesced);
  }

  OutboxCounts coalesced(long events) {
    return new OutboxCounts(recorded, waiting - events, quarantined, coalesced + events);
  }
}
