package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rejects messages of gateways whose share of the queue before ingest is full: counts each, and
/// acknowledges batches as rejected and retryable, at most one per second and gateway. A batch
/// without an acknowledgement is sent again as well, later. Safe for any number of threads.
public final class OverQuotaResponder {
  private static final Logger LOG = LoggerFactory.getLogger(OverQuotaResponder.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int MAX_GATEWAYS = 10_000;

  private final DevicePublisher publisher;
  private final IngestCounters counters;
  private final QuotaObserver observer;
  private final Map<GatewayId, Instant> acknowledgedAt =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<GatewayId, Instant> eldest) {
          return size() > MAX_GATEWAYS;
        }
      };

  public OverQuotaResponder(
      DevicePublisher publisher, IngestCounters counters, QuotaObserver observer) {
    this.publisher = publisher;
    this.counters = counters;
    this.observer = observer;
  }

  /// @param from the gateway on whose topic the message came
  /// @param batch its header, if it is a batch
  /// @param at when it arrived
  public void reject(GatewayAddress from, Optional<BatchHeader> batch, Instant at) {
    String excess = "too much waiting";
    counters.addRejected(RejectionCode.OVER_QUOTA, 1);
    observer.overQuota(from, excess, at);
    if (batch.isPresent() && isDue(from.gateway(), at)) {
      Rejection rejection = GatewayQuotas.rejection(from, excess);
      RejectedRange range =
          new RejectedRange(batch.get().range(), rejection.code(), rejection.detail(), true);
      Acknowledgement ack =
          new Acknowledgement(
              from, batch.get().outbox(), List.of(), List.of(range), batch.get().sender());
      try {
        publisher.publish(Topics.acks(from), AcknowledgementCodec.encode(ack));
      } catch (RuntimeException e) {
        LOG.warn(
            "over-quota acknowledgement to {} failed; the gateway will send again: {}",
            from,
            e.toString());
      }
    }
  }

  private synchronized boolean isDue(GatewayId gateway, Instant at) {
    Instant last = acknowledgedAt.get(gateway);
    if (last != null && last.plus(INTERVAL).isAfter(at) && !last.isAfter(at)) {
      return false;
    }
    acknowledgedAt.put(gateway, at);
    return true;
  }
}
