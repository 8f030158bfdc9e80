package io.gympulse.cloud.ingest;

import io.gympulse.contract.codec.Addressing;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.RejectionCode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What one gateway may ask of a process: so many events in an invocation, so many outboxes in an
/// hour. Decided by a batch's header, before anything of it is expanded. Far above what a gateway
/// needs: it uses one outbox, and has 64 KB of backlog on its way. Safe for any number of threads.
final class GatewayQuotas {
  /// Events of one gateway in an invocation.
  static final int MOST_ROWS = 200_000;

  /// Outboxes of one gateway within [#SPAN].
  static final int MOST_OUTBOXES = 16;

  static final Duration SPAN = Duration.ofHours(1);

  /// Gateways that are remembered; those that were silent the longest are forgotten first.
  private static final int MOST_GATEWAYS = 10_000;

  private final QuotaObserver observer;
  private final Map<GatewayId, Map<OutboxId, Instant>> outboxes;

  GatewayQuotas(QuotaObserver observer) {
    this.observer = observer;
    this.outboxes =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<GatewayId, Map<OutboxId, Instant>> eldest) {
            return size() > MOST_GATEWAYS;
          }
        };
  }

  /// The quotas as one invocation sees them. For one thread.
  final class Invocation {
    private final Map<GatewayId, Integer> rows = new HashMap<>();

    /// Why a batch is not read now; empty if it may be.
    ///
    /// @param speaker whose topic it came on
    /// @param about what its header says
    Optional<Rejection> refusal(GatewayAddress speaker, Addressing about, Instant receivedAt) {
      int more = (int) Math.min(BatchCodec.MAX_EVENTS, about.range().size());
      int before = rows.getOrDefault(speaker.gateway(), 0);
      Optional<String> excess =
          before + more > MOST_ROWS
              ? Optional.of("more than %d events at once".formatted(MOST_ROWS))
              : excess(speaker.gateway(), about.outbox(), receivedAt);
      if (excess.isPresent()) {
        observer.overQuota(speaker, excess.get(), receivedAt);
        return Optional.of(rejection(speaker, excess.get()));
      }
      rows.put(speaker.gateway(), before + more);
      return Optional.empty();
    }
  }

  /// What is over a quota, in words for who runs the gateway.
  static Rejection rejection(GatewayAddress gateway, String excess) {
    return new Rejection(
        RejectionCode.OVER_QUOTA,
        "",
        "gateway '%s' has %s; it is taken later".formatted(gateway.gateway(), excess));
  }

  private synchronized Optional<String> excess(GatewayId gateway, OutboxId outbox, Instant at) {
    Map<OutboxId, Instant> used = outboxes.computeIfAbsent(gateway, _ -> new HashMap<>());
    if (!used.containsKey(outbox) && used.size() >= MOST_OUTBOXES) {
      used.values().removeIf(it -> !it.plus(SPAN).isAfter(at));
      if (used.size() >= MOST_OUTBOXES) {
        return Optional.of("more than %d outboxes in an hour".formatted(MOST_OUTBOXES));
      }
    }
    used.merge(outbox, at, (known, next) -> known.isAfter(next) ? known : next);
    return Optional.empty();
  }
}
