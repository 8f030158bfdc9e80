package io.gympulse.edge.health;

import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.outbox.OutboxCounts;
import io.gympulse.edge.uplink.Uplink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a heartbeat when told to. It vouches for the machines only when nothing waits in the
/// outbox and nothing is kept apart there: the cloud cannot know what it has not been given, and a
/// heartbeat has no sequence number by which it could see that something is missing.
public final class HeartbeatReporter {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatReporter.class);

  private final GatewayAddress address;
  private final Outbox outbox;
  private final Uplink uplink;
  private final Supplier<Optional<Instant>> coveredTo;
  private final InstantSource clock;

  /// @param coveredTo up to when every transition is durable in the outbox, and will stay the truth
  ///     even if the gateway is killed now
  public HeartbeatReporter(
      GatewayAddress address,
      Outbox outbox,
      Uplink uplink,
      Supplier<Optional<Instant>> coveredTo,
      InstantSource clock) {
    this.address = address;
    this.outbox = outbox;
    this.uplink = uplink;
    this.coveredTo = coveredTo;
    this.clock = clock;
  }

  public void beat() {
    Optional<Instant> covered = coveredTo.get();
    // Read after what is vouched for: what is appended in between is later than that.
    OutboxCounts counts = outbox.counts();
    boolean cloudHasAll = counts.waiting() == 0 && counts.quarantined() == 0;
    Heartbeat heartbeat =
        new Heartbeat(
            address,
            clock.instant(),
            covered.filter(_ -> cloudHasAll),
            counts.waiting(),
            Optional.of(outbox.id()));
    var _ =
        uplink
            .publish(Topics.heartbeat(address), HeartbeatCodec.encode(heartbeat))
            .exceptionally(
                e -> {
                  LOG.debug("heartbeat not taken: {}", e.toString());
                  return null;
                });
  }
}
