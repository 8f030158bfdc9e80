package io.gympulse.cloud.ingest;

import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.Rejection.RejectionCode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Limits per gateway and process: events per invocation, events over days, outboxes per hour. A
/// batch is checked by its header, before it is expanded. The limits are far above what a gateway
/// needs: it uses one outbox, has 64 KB of backlog in flight, and a gym of 200 machines makes some
/// 20,000 events a day. Usage is kept in memory and lost with the process. Safe for any number of
/// threads.
final class GatewayQuotas {
  /// Events of one gateway in an invocation.
  static final int MAX_EVENTS = 200_000;

  /// Capacity of each gateway's token bucket of events, refilled by a million a day.
  static final int EVENT_BURST = 5_000_000;

  private static final double EVENTS_PER_SECOND = 1_000_000 / 86_400.0;

  /// Outboxes of one gateway within [#OUTBOX_PERIOD].
  static final int MAX_OUTBOXES = 16;

  static final Duration OUTBOX_PERIOD = Duration.ofHours(1);

  /// Gateways whose usage is kept; the least recently used are evicted.
  private static final int MAX_GATEWAYS = 10_000;

  /// Usage of one gateway.
  private static final class Usage {
    private final Map<OutboxId, Instant> outboxes = new HashMap<>();
    private double tokens = EVENT_BURST;
    private Instant refilledAt;

    Usage(Instant now) {
      this.refilledAt = now;
    }

    private Optional<String> excess(OutboxId outbox, int events, Instant at) {
      refill(at);
      if (events > tokens) {
        return Optional.of(
            "more than %d events for long; a million may come each day".formatted(EVENT_BURST));
      }
      if (!outboxes.containsKey(outbox) && outboxes.size() >= MAX_OUTBOXES) {
        outboxes.values().removeIf(it -> !it.plus(OUTBOX_PERIOD).isAfter(at));
        if (outboxes.size() >= MAX_OUTBOXES) {
          return Optional.of("more than %d outboxes in an hour".formatted(MAX_OUTBOXES));
        }
      }
      outboxes.merge(outbox, at, (known, next) -> known.isAfter(next) ? known : next);
      return Optional.empty();
    }

    private void charge(int events) {
      tokens -= events;
    }

    private void refill(Instant at) {
      if (at.isAfter(refilledAt)) {
        double seconds = Duration.between(refilledAt, at).toMillis() / 1_000.0;
        tokens = Math.min(EVENT_BURST, tokens + seconds * EVENTS_PER_SECOND);
        refilledAt = at;
      } else if (refilledAt.isAfter(at.plus(OUTBOX_PERIOD))) {
        // The clock was ahead and has been set back.
        refilledAt = at;
      }
    }
  }

  private final QuotaObserver observer;
  private final Map<GatewayId, Usage> usages;

  GatewayQuotas(QuotaObserver observer) {
    this.observer = observer;
    this.usages =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<GatewayId, Usage> eldest) {
            return size() > MAX_GATEWAYS;
          }
        };
  }

  /// The quotas for one invocation. For one thread.
  final class Invocation {
    private final Map<GatewayId, Integer> events = new HashMap<>();

    /// Why a batch must not be read now; empty if it may be.
    ///
    /// @param sender the gateway on whose topic it came
    Optional<Rejection> check(GatewayAddress sender, BatchHeader header, Instant receivedAt) {
      int more = (int) Math.min(BatchCodec.MAX_EVENTS, header.range().size());
      int before = events.getOrDefault(sender.gateway(), 0);
      Optional<String> excess =
          before + more > MAX_EVENTS
              ? Optional.of("more than %d events at once".formatted(MAX_EVENTS))
              : excess(sender.gateway(), header.outbox(), before + more, receivedAt);
      if (excess.isPresent()) {
        observer.overQuota(sender, excess.get(), receivedAt);
        return Optional.of(rejection(sender, excess.get()));
      }
      events.put(sender.gateway(), before + more);
      return Optional.empty();
    }

    /// Charges what was read to the gateways' buckets once it is written: while the store is
    /// unavailable, gateways send the same events again and again.
    void written() {
      events.forEach(GatewayQuotas.this::charge);
    }
  }

  /// The rejection of a message that is over quota, worded for the operator of the gateway.
  static Rejection rejection(GatewayAddress gateway, String excess) {
    return new Rejection(
        RejectionCode.OVER_QUOTA,
        "",
        "gateway '%s' has %s; it is taken later".formatted(gateway.gateway(), excess));
  }

  private synchronized Optional<String> excess(
      GatewayId gateway, OutboxId outbox, int events, Instant at) {
    return usages.computeIfAbsent(gateway, _ -> new Usage(at)).excess(outbox, events, at);
  }

  private synchronized void charge(GatewayId gateway, int events) {
    Usage usage = usages.get(gateway);
    if (usage != null) {
      usage.charge(events);
    }
  }
}
