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

/// Which stored event is which recorded one, where several gateways ran from copies of one card.
/// They give the same names to different events, and one may rename events in a new outbox, so an
/// event is then found by its content. Each stored event answers for one recorded one; only what
/// two recorded under one name with one content may be stored once for both.
///
/// @param events with the names under which they are stored, in the order of their times; what is
///     not stored has the name under which it was recorded
/// @param lost events that are not stored, though another one is under their name
/// @param doubled stored events beyond those that were recorded with their content
/// @param renamed events that are stored under another name than they were recorded with
record Identified(List<Moment> events, int lost, int doubled, int renamed) {

  /// An event, and when its line was first there.
  record Moment(RecordedEvent event, Instant seen) {}

  private record Content(String machine, String status, String reason, Optional<Instant> at) {
    static Content of(SeenEvent event) {
      return new Content(event.machine(), event.status(), event.reason(), event.at());
    }

    Content timeless() {
      return new Content(machine, status, reason, Optional.empty());
    }
  }

  /// @param recorded of all gateways that ran from the card and its copies
  /// @param stored events of all gateways
  static Identified of(List<Moment> recorded, Collection<SeenEvent> stored) {
    return new Search(stored).identify(recorded);
  }

  private static final class Search {
    private final Map<EventName, SeenEvent> byName = new HashMap<>();
    private final Map<Content, Deque<SeenEvent>> byContent = new HashMap<>();
    private final Set<SeenEvent> taken = new HashSet<>();
    private final Map<Content, Integer> shared = new HashMap<>();
    private final List<Moment> found = new ArrayList<>();
    private int renamed;

    Search(Collection<SeenEvent> stored) {
      for (SeenEvent event : stored) {
        byName.put(event.name(), event);
        Content content = Content.of(event);
        byContent.computeIfAbsent(content, _ -> new ArrayDeque<>()).add(event);
        byContent.computeIfAbsent(content.timeless(), _ -> new ArrayDeque<>()).add(event);
      }
    }

    /// What has a time is told apart best, and comes first.
    Identified identify(List<Moment> recorded) {
      List<Moment> timed =
          recorded.stream().filter(it -> it.event().event().at().isPresent()).toList();
      List<Moment> timeless =
          recorded.stream().filter(it -> it.event().event().at().isEmpty()).toList();
      int lost = 0;
      for (Moment it : byContent(byName(timed))) {
        lost += leave(it);
      }
      for (Moment it : byContent(byName(timeless))) {
        lost += leave(it);
      }
      found.sort(Comparator.comparing(it -> time(it)));
      return new Identified(List.copyOf(found), lost, doubled(), renamed);
    }

    /// Returns those that are not stored under their names.
    private List<Moment> byName(List<Moment> recorded) {
      List<Moment> left = new ArrayList<>();
      for (Moment it : recorded) {
        SeenEvent event = it.event().event();
        SeenEvent under = byName.get(event.name());
        if (under == null || !under.agreesWith(event)) {
          left.add(it);
        } else if (taken.add(under)) {
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

    /// Returns those that are not stored under any name.
    private List<Moment> byContent(List<Moment> recorded) {
      List<Moment> left = new ArrayList<>();
      for (Moment it : recorded) {
        Deque<SeenEvent> same =
            byContent.getOrDefault(Content.of(it.event().event()), new ArrayDeque<>());
        while (!same.isEmpty() && taken.contains(same.peek())) {
          same.poll();
        }
        if (same.isEmpty()) {
          left.add(it);
        } else {
          SeenEvent stored = same.remove();
          taken.add(stored);
          renamed++;
          found.add(new Moment(it.event().called(stored.name()), it.seen()));
        }
      }
      return left;
    }

    private int leave(Moment it) {
      if (byName.containsKey(it.event().event().name())) {
        return 1;
      }
      found.add(it);
      return 0;
    }

    private Instant time(Moment it) {
      SeenEvent stored = byName.get(it.event().event().name());
      return Optional.ofNullable(stored)
          .flatMap(SeenEvent::at)
          .or(it.event().event()::at)
          .orElse(it.seen());
    }

    private int doubled() {
      Map<Content, Integer> beyond = new HashMap<>();
      Set<Content> recorded = new HashSet<>();
      for (SeenEvent it : byName.values()) {
        if (taken.contains(it)) {
          recorded.add(Content.of(it));
        } else {
          beyond.merge(Content.of(it), 1, Integer::sum);
        }
      }
      return recorded.stream()
          .mapToInt(it -> Math.max(0, beyond.getOrDefault(it, 0) - shared.getOrDefault(it, 0)))
          .sum();
    }
  }
}
