package io.gympulse.system.prove;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// What became of the events that were recorded.
///
/// @param recorded events whose append returned
/// @param stored different events in the store; an event that was committed but not yet reported
///     when its process died may be among them
/// @param lost recorded, not stored, and not coalesced
/// @param doubled events that a reader by name met more than once, and entries of histories beyond
///     the number of different events
/// @param altered stored otherwise than recorded
/// @param missing numbers below an outbox's highest stored one that no stored event answers for
/// @param coalesced recorded events that others answer for
record Delivery(
    int recorded, int stored, int lost, int doubled, int altered, long missing, int coalesced) {

  /// @param answeredFor names of events that stored ones stand for beside themselves
  /// @param inHistories entries that a reader of the machines' histories found
  static Delivery judge(
      Collection<SeenEvent> recorded,
      Collection<SeenEvent> stored,
      Set<EventName> answeredFor,
      int inHistories) {
    Map<EventName, SeenEvent> byName = new HashMap<>();
    int doubled = 0;
    for (SeenEvent event : stored) {
      if (byName.put(event.name(), event) != null) {
        doubled++;
      }
    }
    doubled += Math.max(0, inHistories - byName.size());
    int lost = 0;
    int altered = 0;
    int coalesced = 0;
    Set<EventName> names = new HashSet<>();
    for (SeenEvent event : recorded) {
      names.add(event.name());
      SeenEvent found = byName.get(event.name());
      if (found == null && answeredFor.contains(event.name())) {
        coalesced++;
      } else if (found == null) {
        lost++;
      } else if (!found.agreesWith(event)) {
        altered++;
      }
    }
    return new Delivery(
        names.size(),
        byName.size(),
        lost,
        doubled,
        altered,
        missing(byName.keySet(), answeredFor),
        coalesced);
  }

  /// The same, with what was found where several gateways gave the same names.
  ///
  /// @param beyond stored events beyond those that were recorded with their content
  Delivery with(int lostUnderNames, int beyond) {
    return new Delivery(
        recorded + lostUnderNames,
        stored,
        lost + lostUnderNames,
        doubled + beyond,
        altered,
        missing,
        coalesced);
  }

  private static long missing(Set<EventName> stored, Set<EventName> answeredFor) {
    Set<EventName> told = new HashSet<>(stored);
    told.addAll(answeredFor);
    Map<UUID, Long> highest = new TreeMap<>();
    stored.forEach(it -> highest.merge(it.outbox(), it.seq(), Math::max));
    return highest.values().stream().mapToLong(it -> it).sum() - told.size();
  }

  boolean whole() {
    return recorded > 0 && lost == 0 && doubled == 0 && altered == 0 && missing == 0;
  }
}
