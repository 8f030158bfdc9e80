package io.gympulse.system.prove;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Whether gateways kept their sequence numbers over restarts: gapless in each outbox, never used
/// twice, in the order in which events were appended.
///
/// @param outboxes different ones
/// @param surplus outboxes beyond those that gateways were to have
/// @param reused numbers that were given to a second event
/// @param backwards events with a lower number than an earlier one of their outbox
/// @param skipped numbers that no event has: neither one that was seen nor one that is stored
record Sequences(int outboxes, int surplus, int reused, int backwards, int skipped) {

  /// @param recorded one gateway's events in the order in which they were appended
  /// @param stored names that are stored or answered for; an event whose append had not returned
  ///     when the process died is only there
  /// @param expectedOutboxes how many the gateway was to have
  static Sequences judge(
      List<RecordedEvent> recorded, Set<EventName> stored, int expectedOutboxes) {
    Set<EventName> seen = new HashSet<>();
    Map<UUID, Long> highest = new HashMap<>();
    int reused = 0;
    int backwards = 0;
    for (RecordedEvent event : recorded) {
      EventName name = event.event().name();
      if (!seen.add(name)) {
        reused++;
      } else if (name.seq() < highest.getOrDefault(name.outbox(), 0L)) {
        backwards++;
      }
      highest.merge(name.outbox(), name.seq(), Math::max);
    }
    int skipped = 0;
    for (Map.Entry<UUID, Long> outbox : highest.entrySet()) {
      for (long seq = 1; seq < outbox.getValue(); seq++) {
        EventName name = new EventName(outbox.getKey(), seq);
        skipped += seen.contains(name) || stored.contains(name) ? 0 : 1;
      }
    }
    return new Sequences(
        highest.size(), Math.max(0, highest.size() - expectedOutboxes), reused, backwards, skipped);
  }

  int errors() {
    return surplus + reused + backwards + skipped;
  }
}
