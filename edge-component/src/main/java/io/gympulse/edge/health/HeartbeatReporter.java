package io.gympulse.edge.health;

import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.outbox.EventQueue;
import io.gympulse.edge.outbox.EventQueue.Unacknowledged;
import io.gympulse.edge.uplink.Uplink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends heartbeats. The `coveredTo` of a heartbeat is the watermark, but before the first event
/// that the outbox still holds, unacknowledged or quarantined: a heartbeat has no sequence number
/// by which the cloud could detect that events are missing. If there are more of these than
/// [#MAX_UNACKNOWLEDGED], `coveredTo` is empty.
public final class HeartbeatReporter {
  /// More than the events of a busy gym in the time that an acknowledgement takes; less than a
  /// backlog.
  static final int MAX_UNACKNOWLEDGED = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatReporter.class);

  private final GatewayAddress address;
  private final EventQueue outbox;
  private final Uplink uplink;
  private final Supplier<Optional<Instant>> watermark;
  private final InstantSource clock;

  /// @param watermark up to when every transition is durable in the outbox and stays valid even if
  ///     the gateway is killed now, in wall time
  public HeartbeatReporter(
      GatewayAddress address,
      EventQueue outbox,
      Uplink uplink,
      Supplier<Optional<Instant>> watermark,
      InstantSource clock) {
    this.address = address;
    this.outbox = outbox;
    this.uplink = uplink;
    this.watermark = watermark;
    this.clock = clock;
  }

  public void send() {
    Optional<Instant> covered = watermark.get();
    // Read after the watermark: an event that is appended in between is later than that.
    Unacknowledged unacknowledged = outbox.unacknowledged(MAX_UNACKNOWLEDGED);
    Heartbeat heartbeat =
        new Heartbeat(
            address,
            clock.instant(),
            covered.flatMap(it -> coveredTo(it, unacknowledged)),
            outbox.counts().waiting(),
            Optional.of(outbox.id()));
    var _ =
        uplink
            .publish(Topics.heartbeat(address), HeartbeatCodec.encode(heartbeat))
            .exceptionally(
                e -> {
                  LOG.debug("heartbeat not sent: {}", e.toString());
                  return null;
                });
  }

  private static Optional<Instant> coveredTo(Instant covered, Unacknowledged unacknowledged) {
    return switch (unacknowledged) {
      case Unacknowledged.None _ -> Optional.of(covered);
      case Unacknowledged.Since(Instant oldest) ->
          Optional.of(covered.isBefore(oldest) ? covered : oldest.minusMillis(1));
      case Unacknowledged.Unknown _ -> Optional.empty();
    };
  }
}
