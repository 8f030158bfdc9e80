package io.gympulse.edge.health;

import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.outbox.Unstored;
import io.gympulse.edge.uplink.Uplink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a heartbeat when told to. It vouches for the machines up to the first moment of which the
/// outbox holds an event that is not acknowledged or kept apart: the cloud cannot know what it has
/// not been given, and a heartbeat has no sequence number by which it could see that something is
/// missing. With more of these than [#LOOKED_THROUGH] it vouches for nothing.
public final class HeartbeatReporter {
  /// What a busy gym does in far longer than an acknowledgement takes; a backlog is more.
  static final int LOOKED_THROUGH = 1_000;

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
    Unstored unstored = outbox.unstored(LOOKED_THROUGH);
    Heartbeat heartbeat =
        new Heartbeat(
            address,
            clock.instant(),
            covered.flatMap(it -> vouched(it, unstored)),
            outbox.counts().waiting(),
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

  private static Optional<Instant> vouched(Instant covered, Unstored unstored) {
    return switch (unstored) {
      case Unstored.Nothing _ -> Optional.of(covered);
      case Unstored.Since(Instant oldest) ->
          Optional.of(covered.isBefore(oldest) ? covered : oldest.minusMillis(1));
      case Unstored.Uncertain _ -> Optional.empty();
    };
  }
}
