package io.gympulse.system.prove;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// The recorded events, compared with the stored ones.
///
/// @param recorded events whose append returned
/// @param stored distinct events in the store; events that were committed and not yet recorded
///     when the gateway was killed may be among them
/// @param lost recorded, not stored, and not coalesced
/// @param doubled events that are stored more than once, and entries of the machines' histories
///     beyond the number of distinct events
/// @param altered stored with other content than recorded
/// @param missing numbers below an outbox's highest stored one that no stored event has or
///     replaces
/// @param coalesced recorded events that were coalesced into others
record DeliveryCheck(
    int recorded, int stored, int lost, int doubled, int altered, long missing, int coalesced) {

  /// @param coalescedIds events that were coalesced into stored ones
  /// @param historyEntries the number of entries in all machines' histories
  static DeliveryCheck check(
      Collection<ObservedEvent> recorded,
      Collection<ObservedEvent> stored,
      Set<ObservedEvent.Id> coalescedIds,
      int historyEntries) {
    Map<ObservedEvent.Id, ObservedEvent> byId = new HashMap<>();
    int doubled = 0;
    for (ObservedEvent event : stored) {
      if (byId.put(event.id(), event) != null) {
        doubled++;
      }
    }
    doubled += Math.max(0, historyEntries - byId.size());
    int lost = 0;
    int altered = 0;
    int coalesced = 0;
    Set<ObservedEvent.Id> ids = new HashSet<>();
    for (ObservedEvent event : recorded) {
      ids.add(event.id());
      ObservedEvent found = byId.get(event.id());
      if (found == null && coalescedIds.contains(event.id())) {
        coalesced++;
      } else if (found == null) {
        lost++;
      } else if (!found.matches(event)) {
        altered++;
      }
    }
    return new DeliveryCheck(
        ids.size(),
        byId.size(),
        lost,
        doubled,
        altered,
        missing(byId.keySet(), coalescedIds),
        coalesced);
  }

  /// The same, with the results of [EventMatching].
  DeliveryCheck with(int otherLost, int otherDoubled) {
    return new DeliveryCheck(
        recorded + otherLost,
        stored,
        lost + otherLost,
        doubled + otherDoubled,
        altered,
        missing,
        coalesced);
  }

  private static long missing(Set<ObservedEvent.Id> stored, Set<ObservedEvent.Id> coalescedIds) {
    Set<ObservedEvent.Id> present = new HashSet<>(stored);
    present.addAll(coalescedIds);
    Map<UUID, Long> highest = new TreeMap<>();
    stored.forEach(it -> highest.merge(it.outbox(), it.seq(), Math::max));
    return highest.values().stream().mapToLong(it -> it).sum() - present.size();
  }
}
