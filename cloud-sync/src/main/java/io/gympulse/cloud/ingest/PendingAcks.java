package io.gympulse.cloud.ingest;

import io.gympulse.cloud.ingest.AckPublisher.Target;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SenderId;
import io.gympulse.contract.id.SeqRange;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Acknowledgements of stored events that are not published yet. Losing them is harmless: a gateway
/// without an acknowledgement sends its events again.
///
/// Order, grouping and repetition of what is added change nothing but `since`.
///
/// [#encode] gives the form in which Lambda carries a window's state, texts by name: `version`, and
/// an entry per target, `GYM/GATEWAY/OUTBOX` or `GYM/GATEWAY/OUTBOX/SENDER` ->
/// `MILLIS FIRST-LAST,FIRST-LAST`.
record PendingAcks(Map<Target, Pending> byTarget) {
  static final PendingAcks NONE = new PendingAcks(Map.of());

  private static final String VERSION_FIELD = "version";
  private static final String VERSION = "1";

  // The size of an entry as JSON at most: two ids, an outbox's id, a sender's, a time, and the
  // separators.
  private static final int TARGET_CHARS = 2 * 64 + 36 + SenderId.MAX_LENGTH + 20 + 11;
  private static final int RANGE_CHARS = 2 * 19 + 2;

  PendingAcks {
    byTarget = Map.copyOf(byTarget);
  }

  /// @param since when the first of these events was stored
  record Pending(Instant since, List<SeqRange> stored) {
    Pending {
      stored = SeqRange.union(stored);
    }

    Pending with(Pending other) {
      return new Pending(
          since.isBefore(other.since) ? since : other.since,
          Stream.concat(stored.stream(), other.stored.stream()).toList());
    }
  }

  /// @param unreadable entries that could not be read; what they acknowledged is sent again
  record Decoded(PendingAcks pending, int unreadable) {}

  PendingAcks with(Target target, Pending more) {
    Map<Target, Pending> both = new HashMap<>(byTarget);
    both.merge(target, more, Pending::with);
    return new PendingAcks(both);
  }

  Optional<Pending> of(Target target) {
    return Optional.ofNullable(byTarget.get(target));
  }

  PendingAcks without(Set<Target> targets) {
    Map<Target, Pending> rest = new HashMap<>(byTarget);
    rest.keySet().removeAll(targets);
    return new PendingAcks(rest);
  }

  /// Targets whose acknowledgements have been pending since `latest` or longer.
  Set<Target> addedUntil(Instant latest) {
    return byTarget.entrySet().stream()
        .filter(it -> !it.getValue().since().isAfter(latest))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// An upper bound of the characters of the encoded form.
  int weight() {
    return byTarget.values().stream()
        .mapToInt(it -> TARGET_CHARS + it.stored().size() * RANGE_CHARS)
        .sum();
  }

  Map<String, String> encode() {
    Map<String, String> state = new LinkedHashMap<>();
    state.put(VERSION_FIELD, VERSION);
    byTarget.forEach((target, it) -> state.put(key(target), value(it)));
    return state;
  }

  private static String key(Target it) {
    String key = "%s/%s/%s".formatted(it.gateway().gym(), it.gateway().gateway(), it.outbox());
    return it.sender().map(sender -> key + "/" + sender).orElse(key);
  }

  private static String value(Pending it) {
    return it.since().toEpochMilli()
        + it.stored().stream().map(SeqRange::toString).collect(Collectors.joining(",", " ", ""));
  }

  /// Reads as many entries as it can. At the start of a window the state is empty.
  static Decoded decode(Map<String, String> state) {
    Map<Target, Pending> pending = new HashMap<>();
    int unreadable = 0;
    boolean known = VERSION.equals(state.get(VERSION_FIELD));
    for (Map.Entry<String, String> entry : state.entrySet()) {
      if (entry.getKey().equals(VERSION_FIELD)) {
        continue;
      }
      try {
        if (!known) {
          throw new IllegalArgumentException("of another version");
        }
        pending.merge(target(entry.getKey()), pending(entry.getValue()), Pending::with);
      } catch (IllegalArgumentException e) {
        unreadable++;
      }
    }
    return new Decoded(new PendingAcks(pending), unreadable);
  }

  private static Target target(String key) {
    String[] parts = parts(key, "/", key.chars().filter(it -> it == '/').count() == 3 ? 4 : 3);
    return new Target(
        new GatewayAddress(new GymId(parts[0]), new GatewayId(parts[1])),
        new OutboxId(UUID.fromString(parts[2])),
        parts.length == 4 ? Optional.of(new SenderId(parts[3])) : Optional.empty());
  }

  private static Pending pending(String value) {
    String[] parts = parts(value, " ", 2);
    List<SeqRange> stored = Stream.of(parts[1].split(",", -1)).map(PendingAcks::range).toList();
    return new Pending(Instant.ofEpochMilli(Long.parseLong(parts[0])), stored);
  }

  private static SeqRange range(String text) {
    String[] ends = parts(text, "-", 2);
    return SeqRange.of(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
  }

  private static String[] parts(String text, String separator, int count) {
    String[] parts = text.split(separator, -1);
    if (parts.length != count) {
      throw new IllegalArgumentException("'%s' has not %d parts".formatted(text, count));
    }
    return parts;
  }
}
