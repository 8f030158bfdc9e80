package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Events that are stored and whose gateways are not told yet. To lose it harms nothing: a gateway
/// that is not answered sends its events again.
///
/// Order, grouping and repetition of what is added leave no trace but in `since`.
record PendingAcknowledgements(Map<OutboxOf, Waiting> byOutbox) {
  static final PendingAcknowledgements NONE = new PendingAcknowledgements(Map.of());

  // What an entry takes as JSON at most: two ids, an outbox's id, a sender's, a time, and the signs
  // between.
  private static final int OUTBOX_CHARS = 2 * 64 + 36 + SenderId.MAX_LENGTH + 20 + 11;
  private static final int RANGE_CHARS = 2 * 19 + 2;

  PendingAcknowledgements {
    byOutbox = Map.copyOf(byOutbox);
  }

  /// @param since when the first of these events was stored
  record Waiting(Instant since, List<SeqRange> stored) {
    Waiting {
      stored = SeqRange.union(stored);
    }

    Waiting and(Waiting other) {
      return new Waiting(
          since.isBefore(other.since) ? since : other.since,
          Stream.concat(stored.stream(), other.stored.stream()).toList());
    }
  }

  PendingAcknowledgements and(OutboxOf outbox, Waiting more) {
    Map<OutboxOf, Waiting> both = new HashMap<>(byOutbox);
    both.merge(outbox, more, Waiting::and);
    return new PendingAcknowledgements(both);
  }

  Optional<Waiting> of(OutboxOf outbox) {
    return Optional.ofNullable(byOutbox.get(outbox));
  }

  PendingAcknowledgements without(Set<OutboxOf> outboxes) {
    Map<OutboxOf, Waiting> rest = new HashMap<>(byOutbox);
    rest.keySet().removeAll(outboxes);
    return new PendingAcknowledgements(rest);
  }

  /// Those that wait since `latest` or longer.
  Set<OutboxOf> waitingSince(Instant latest) {
    return byOutbox.entrySet().stream()
        .filter(it -> !it.getValue().since().isAfter(latest))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// How many characters it takes as a window's state, at most.
  int weight() {
    return byOutbox.values().stream()
        .mapToInt(it -> OUTBOX_CHARS + it.stored().size() * RANGE_CHARS)
        .sum();
  }
}
