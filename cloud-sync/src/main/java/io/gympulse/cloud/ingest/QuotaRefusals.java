package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.Addressing;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.RejectedRange;
import io.gympulse.contract.message.Rejection;
import io.gympulse.contract.message.RejectionCode;
import io.gympulse.contract.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refuses messages for which a queue before ingest has no room left of their gateway's share: each
/// is counted, and a batch is answered as retryable, once a second for each gateway. What is not
/// answered is sent again as well, later. Safe for any number of threads.
public final class QuotaRefusals {
  private static final Logger LOG = LoggerFactory.getLogger(QuotaRefusals.class);
  private static final Duration GAP = Duration.ofSeconds(1);
  private static final int MOST_GATEWAYS = 10_000;

  private final DevicePublisher publisher;
  private final IngestCounters counters;
  private final QuotaObserver observer;
  private final Map<GatewayId, Instant> answeredAt =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<GatewayId, Instant> eldest) {
          return size() > MOST_GATEWAYS;
        }
      };

  public QuotaRefusals(DevicePublisher publisher, IngestCounters counters, QuotaObserver observer) {
    this.publisher = publisher;
    this.counters = counters;
    this.observer = observer;
  }

  /// @param from on whose topic the message came
  /// @param batch what it is about, if it is a batch
  /// @param at when it arrived
  public void refuse(GatewayAddress from, Optional<Addressing> batch, Instant at) {
    String excess = "too much waiting";
    counters.addRejected(RejectionCode.OVER_QUOTA, 1);
    observer.overQuota(from, excess, at);
    if (batch.isPresent() && isDue(from.gateway(), at)) {
      Rejection rejection = GatewayQuotas.rejection(from, excess);
      RejectedRange range =
          new RejectedRange(batch.get().range(), rejection.code(), rejection.detail(), true);
      Acknowledgement answer =
          new Acknowledgement(
              from, batch.get().outbox(), List.of(), List.of(range), batch.get().sender());
      try {
        publisher.publish(Topics.acks(from), AcknowledgementCodec.encode(answer));
      } catch (RuntimeException e) {
        LOG.warn("{} gets no answer, it will send again: {}", from, e.toString());
      }
    }
  }

  private synchronized boolean isDue(GatewayId gateway, Instant at) {
    Instant last = answeredAt.get(gateway);
    if (last != null && last.plus(GAP).isAfter(at) && !last.isAfter(at)) {
      return false;
    }
    answeredAt.put(gateway, at);
    return true;
  }
}
