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

/// What one gateway may ask of a process: so many events in an invocation and for long, so many
/// outboxes in an hour. Decided by a batch's header, before anything of it is expanded. Far above
/// what a gateway needs: it uses one outbox, has 64 KB of backlog on its way, and a gym of 200
/// machines makes some 20,000 events a day. A new process begins anew. Safe for any number of
/// threads.
final class GatewayQuotas {
  /// Events of one gateway in an invocation.
  static final int MOST_ROWS = 200_000;

  /// Events of one gateway, after a pause; a million more may come each day.
  static final int MOST_ROWS_FOR_LONG = 5_000_000;

  private static final double ROWS_PER_SECOND = 1_000_000 / 86_400.0;

  /// Outboxes of one gateway within [#SPAN].
  static final int MOST_OUTBOXES = 16;

  static final Duration SPAN = Duration.ofHours(1);

  /// Gateways that are remembered; those that were silent the longest are forgotten first.
  private static final int MOST_GATEWAYS = 10_000;

  /// What one gateway has used.
  private static final class Usage {
    private final Map<OutboxId, Instant> outboxes = new HashMap<>();
    private double rowsLeft = MOST_ROWS_FOR_LONG;
    private Instant refilledAt;

    Usage(Instant now) {
      this.refilledAt = now;
    }

    private Optional<String> excess(OutboxId outbox, int rows, Instant at) {
      refill(at);
      if (rows > rowsLeft) {
        return Optional.of(
            "more than %d events for long; a million may come each day"
                .formatted(MOST_ROWS_FOR_LONG));
      }
      if (!outboxes.containsKey(outbox) && outboxes.size() >= MOST_OUTBOXES) {
        outboxes.values().removeIf(it -> !it.plus(SPAN).isAfter(at));
        if (outboxes.size() >= MOST_OUTBOXES) {
          return Optional.of("more than %d outboxes in an hour".formatted(MOST_OUTBOXES));
        }
      }
      outboxes.merge(outbox, at, (known, next) -> known.isAfter(next) ? known : next);
      return Optional.empty();
    }

    private void charge(int rows) {
      rowsLeft -= rows;
    }

    private void refill(Instant at) {
      if (at.isAfter(refilledAt)) {
        double seconds = Duration.between(refilledAt, at).toMillis() / 1_000.0;
        rowsLeft = Math.min(MOST_ROWS_FOR_LONG, rowsLeft + seconds * ROWS_PER_SECOND);
        refilledAt = at;
      } else if (refilledAt.isAfter(at.plus(SPAN))) {
        // The clock ran ahead and was set back.
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
              : excess(speaker.gateway(), about.outbox(), before + more, receivedAt);
      if (excess.isPresent()) {
        observer.overQuota(speaker, excess.get(), receivedAt);
        return Optional.of(rejection(speaker, excess.get()));
      }
      rows.put(speaker.gateway(), before + more);
      return Optional.empty();
    }

    /// What was read has been written. Only that counts for long: while the store cannot be
    /// reached, gateways send the same again and again.
    void written() {
      rows.forEach(GatewayQuotas.this::charge);
    }
  }

  /// What is over a quota, in words for who runs the gateway.
  static Rejection rejection(GatewayAddress gateway, String excess) {
    return new Rejection(
        RejectionCode.OVER_QUOTA,
        "",
        "gateway '%s' has %s; it is taken later".formatted(gateway.gateway(), excess));
  }

  private synchronized Optional<String> excess(
      GatewayId gateway, OutboxId outbox, int rows, Instant at) {
    return usages.computeIfAbsent(gateway, _ -> new Usage(at)).excess(outbox, rows, at);
  }

  private synchronized void charge(GatewayId gateway, int rows) {
    Usage usage = usages.get(gateway);
    if (usage != null) {
      usage.charge(rows);
    }
  }
}
