package io.gympulse.system.prove;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Checks that sequence numbers continue over restarts: without gaps in each outbox, never
/// reused, in the order in which events were appended.
///
/// @param outboxes distinct ones
/// @param surplus outboxes beyond the expected number
/// @param reused numbers that a second event has
/// @param backwards events with a lower number than an earlier one of their outbox
/// @param skipped numbers that no recorded and no stored event has
record SequenceCheck(int outboxes, int surplus, int reused, int backwards, int skipped) {

  /// @param recorded one gateway's events in the order in which they were appended
  /// @param stored ids of stored and coalesced events; events whose append had not returned when
  ///     the process was killed are only there
  /// @param expectedOutboxes how many the gateway may have
  static SequenceCheck check(
      List<RecordedEvent> recorded, Set<ObservedEvent.Id> stored, int expectedOutboxes) {
    Set<ObservedEvent.Id> seen = new HashSet<>();
    Map<UUID, Long> highest = new HashMap<>();
    int reused = 0;
    int backwards = 0;
    for (RecordedEvent event : recorded) {
      ObservedEvent.Id id = event.event().id();
      if (!seen.add(id)) {
        reused++;
      } else if (id.seq() < highest.getOrDefault(id.outbox(), 0L)) {
        backwards++;
      }
      highest.merge(id.outbox(), id.seq(), Math::max);
    }
    int skipped = 0;
    for (Map.Entry<UUID, Long> outbox : highest.entrySet()) {
      for (long seq = 1; seq < outbox.getValue(); seq++) {
        ObservedEvent.Id id = new ObservedEvent.Id(outbox.getKey(), seq);
        skipped += seen.contains(id) || stored.contains(id) ? 0 : 1;
      }
    }
    return new SequenceCheck(
        highest.size(), Math.max(0, highest.size() - expectedOutboxes), reused, backwards, skipped);
  }

  int errors() {
    return surplus + reused + backwards + skipped;
  }
}
