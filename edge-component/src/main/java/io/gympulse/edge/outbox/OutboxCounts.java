package io.gympulse.edge.outbox;

/// Totals since the outbox was created:
/// `recorded = waiting + acknowledged + quarantined + coalesced`.
///
/// @param recorded events appended; as numbers have no gaps, also the last number assigned
/// @param waiting events neither acknowledged, quarantined nor coalesced
/// @param coalesced events that the summaries of others stand for
public record OutboxCounts(long recorded, long waiting, long quarantined, long coalesced) {
  static final OutboxCounts ZERO = new OutboxCounts(0, 0, 0, 0);

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

  OutboxCounts acknowledged(long events) {
    return new OutboxCounts(recorded, waiting - events, quarantined, coalesced);
  }

  /// @param events negative if events are released
  OutboxCounts quarantined(long events) {
    return new OutboxCounts(recorded, waiting - events, quarantined + events, coalesced);
  }

  OutboxCounts coalesced(long events) {
    return new OutboxCounts(recorded, waiting - events, quarantined, coalesced + events);
  }
}
