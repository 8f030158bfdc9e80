package io.gympulse.system.prove;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Matches recorded with stored events if several gateways ran from the same card. Clones give
/// the same id to different events, and a clone may renumber its events in a new outbox, so
/// events are also matched by content. Each stored event matches one recorded event; only events
/// that two gateways recorded with the same id and content may be stored once for both.
///
/// @param events with the ids under which they are stored, by time; an event that is not stored
///     has the id under which it was recorded
/// @param lost events that are not stored, while another event is stored under their id
/// @param doubled stored events beyond the number recorded with the same content
/// @param renumbered events that are stored under another id than recorded
record EventMatching(List<TimedEvent> events, int lost, int doubled, int renumbered) {

  /// @param firstSeen when the line of the event was first seen
  record TimedEvent(RecordedEvent event, Instant firstSeen) {}

  private record Content(String machine, String status, String reason, Optional<Instant> at) {
    static Content of(ObservedEvent event) {
      return new Content(event.machine(), event.status(), event.reason(), event.at());
    }

    Content withoutTime() {
      return new Content(machine, status, reason, Optional.empty());
    }
  }

  /// @param recorded by all gateways that ran from the card and its clones
  /// @param stored events of all gateways
  static EventMatching match(List<TimedEvent> recorded, Collection<ObservedEvent> stored) {
    return new Matcher(stored).match(recorded);
  }

  private static final class Matcher {
    private final Map<ObservedEvent.Id, ObservedEvent> byId = new HashMap<>();
    private final Map<Content, Deque<ObservedEvent>> byContent = new HashMap<>();
    private final Set<ObservedEvent> taken = new HashSet<>();
    private final Map<Content, Integer> shared = new HashMap<>();
    private final List<TimedEvent> found = new ArrayList<>();
    private int renumbered;

    Matcher(Collection<ObservedEvent> stored) {
      for (ObservedEvent event : stored) {
        byId.put(event.id(), event);
        Content content = Content.of(event);
        byContent.computeIfAbsent(content, _ -> new ArrayDeque<>()).add(event);
        byContent.computeIfAbsent(content.withoutTime(), _ -> new ArrayDeque<>()).add(event);
      }
    }

    /// Matches events with a time first, as they are the least ambiguous.
    EventMatching match(List<TimedEvent> recorded) {
      List<TimedEvent> timed =
          recorded.stream().filter(it -> it.event().event().at().isPresent()).toList();
      List<TimedEvent> timeless =
          recorded.stream().filter(it -> it.event().event().at().isEmpty()).toList();
      int lost = 0;
      for (TimedEvent it : matchByContent(matchById(timed))) {
        lost += addUnmatched(it);
      }
      for (TimedEvent it : matchByContent(matchById(timeless))) {
        lost += addUnmatched(it);
      }
      found.sort(Comparator.comparing(it -> time(it)));
      return new EventMatching(List.copyOf(found), lost, doubled(), renumbered);
    }

    /// Returns the events that are not stored under their ids.
    private List<TimedEvent> matchById(List<TimedEvent> recorded) {
      List<TimedEvent> left = new ArrayList<>();
      for (TimedEvent it : recorded) {
        ObservedEvent event = it.event().event();
        ObservedEvent sameId = byId.get(event.id());
        if (sameId == null || !sameId.matches(event)) {
          left.add(it);
        } else if (taken.add(sameId)) {
          found.add(it);
        } else if (event.at().isPresent()) {
          shared.merge(Content.of(event), 1, Integer::sum);
          found.add(it);
        } else {
          left.add(it);
        }
      }
      return left;
    }

    /// Returns the events that are not stored under any id.
    private List<TimedEvent> matchByContent(List<TimedEvent> recorded) {
      List<TimedEvent> left = new ArrayList<>();
      for (TimedEvent it : recorded) {
        Deque<ObservedEvent> same =
            byContent.getOrDefault(Content.of(it.event().event()), new ArrayDeque<>());
        while (!same.isEmpty() && taken.contains(same.peek())) {
          same.poll();
        }
        if (same.isEmpty()) {
          left.add(it);
        } else {
          ObservedEvent stored = same.remove();
          taken.add(stored);
          renumbered++;
          found.add(new TimedEvent(it.event().withId(stored.id()), it.firstSeen()));
        }
      }
      return left;
    }

    private int addUnmatched(TimedEvent it) {
      if (byId.containsKey(it.event().event().id())) {
        return 1;
      }
      found.add(it);
      return 0;
    }

    private Instant time(TimedEvent it) {
      ObservedEvent stored = byId.get(it.event().event().id());
      return Optional.ofNullable(stored)
          .flatMap(ObservedEvent::at)
          .or(it.event().event()::at)
          .orElse(it.firstSeen());
    }

    private int doubled() {
      Map<Content, Integer> surplus = new HashMap<>();
      Set<Content> recorded = new HashSet<>();
      for (ObservedEvent it : byId.values()) {
        if (taken.contains(it)) {
          recorded.add(Content.of(it));
        } else {
          surplus.merge(Content.of(it), 1, Integer::sum);
        }
      }
      return recorded.stream()
          .mapToInt(it -> Math.max(0, surplus.getOrDefault(it, 0) - shared.getOrDefault(it, 0)))
          .sum();
    }
  }
}
