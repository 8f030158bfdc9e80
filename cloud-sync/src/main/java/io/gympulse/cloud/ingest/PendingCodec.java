package io.gympulse.cloud.ingest;

import io.gympulse.cloud.ingest.PendingAcknowledgements.Waiting;
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
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Pending acknowledgements as texts by name, the form in which Lambda carries a window's state:
/// `version`, and an entry an outbox, `GYM/GATEWAY/OUTBOX` or `GYM/GATEWAY/OUTBOX/SENDER` ->
/// `MILLIS FIRST-LAST,FIRST-LAST`.
final class PendingCodec {
  private static final String VERSION_FIELD = "version";
  private static final String VERSION = "1";

  private PendingCodec() {}

  /// @param unread entries that could not be read; what they acknowledged is sent again
  record Decoded(PendingAcknowledgements pending, int unread) {}

  static Map<String, String> encode(PendingAcknowledgements pending) {
    Map<String, String> state = new LinkedHashMap<>();
    state.put(VERSION_FIELD, VERSION);
    pending.byOutbox().forEach((outbox, it) -> state.put(key(outbox), value(it)));
    return state;
  }

  private static String key(OutboxOf it) {
    String key = "%s/%s/%s".formatted(it.to().gym(), it.to().gateway(), it.outbox());
    return it.sender().map(sender -> key + "/" + sender).orElse(key);
  }

  private static String value(Waiting it) {
    return it.since().toEpochMilli()
        + it.stored().stream().map(SeqRange::toString).collect(Collectors.joining(",", " ", ""));
  }

  /// Reads what it can. No state is the state of a window that begins.
  static Decoded decode(Map<String, String> state) {
    Map<OutboxOf, Waiting> pending = new HashMap<>();
    int unread = 0;
    boolean known = VERSION.equals(state.get(VERSION_FIELD));
    for (Map.Entry<String, String> entry : state.entrySet()) {
      if (entry.getKey().equals(VERSION_FIELD)) {
        continue;
      }
      try {
        if (!known) {
          throw new IllegalArgumentException("of another version");
        }
        pending.merge(outbox(entry.getKey()), waiting(entry.getValue()), Waiting::and);
      } catch (IllegalArgumentException e) {
        unread++;
      }
    }
    return new Decoded(new PendingAcknowledgements(pending), unread);
  }

  private static OutboxOf outbox(String key) {
    String[] parts = parts(key, "/", key.chars().filter(it -> it == '/').count() == 3 ? 4 : 3);
    return new OutboxOf(
        new GatewayAddress(new GymId(parts[0]), new GatewayId(parts[1])),
        new OutboxId(UUID.fromString(parts[2])),
        parts.length == 4 ? Optional.of(new SenderId(parts[3])) : Optional.empty());
  }

  private static Waiting waiting(String value) {
    String[] parts = parts(value, " ", 2);
    List<SeqRange> stored = Stream.of(parts[1].split(",", -1)).map(PendingCodec::range).toList();
    return new Waiting(Instant.ofEpochMilli(Long.parseLong(parts[0])), stored);
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
