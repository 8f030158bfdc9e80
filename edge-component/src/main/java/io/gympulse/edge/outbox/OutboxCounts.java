package io.gympulse.edge.outbox;

/// Totals since the outbox was made: `recorded = waiting + acknowledged + quarantined`.
///
/// @param recorded events appended; as numbers are gapless, also the last sequence number given
/// @param waiting events neither acknowledged nor quarantined
public record OutboxCounts(long recorded, long waiting, long quarantined) {
  public OutboxCounts {
    if (waiting < 0 || quarantined < 0 || waiting + quarantined > recorded) {
      throw new IllegalArgumentException(
          "waiting %d + quarantined %d of %d".formatted(waiting, quarantined, recorded));
    }
  }

  public long acknowledged() {
    return recorded - waiting - quarantined;
  }

  OutboxCounts appended() {
    return new OutboxCounts(recorded + 1, waiting + 1, quarantined);
  }

  OutboxCounts removed(long events) {
    return new OutboxCounts(recorded, waiting - events, quarantined);
  }

  OutboxCounts setApart(long events) {
    return new OutboxCounts(recorded, waiting - events, quarantined + events);
  }
}
