package io.gympulse.edge.health;

import io.gympulse.contract.codec.GatewayHealthCodec;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.uplink.Uplink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the gateway's health to its named shadow `health`, by a publish on the shadow's reserved
/// topic: every [#INTERVAL], and earlier if its [HealthSubstance] has changed. There is at most one
/// attempt in [#LEAST_INTERVAL], also after a failed one. Checks are made by one thread.
public final class HealthReporter {
  /// How often [#check] is to be called.
  public static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

  static final Duration INTERVAL = Duration.ofMinutes(15);
  static final Duration LEAST_INTERVAL = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(HealthReporter.class);

  private final GatewayId gateway;
  private final Supplier<GatewayHealth> health;
  private final Uplink uplink;
  private final InstantSource timeline;
  private Optional<Instant> attemptedAt = Optional.empty();
  private volatile Optional<Sent> last = Optional.empty();

  /// @param at on the timeline
  private record Sent(HealthSubstance substance, Instant at) {}

  /// @param timeline runs evenly
  public HealthReporter(
      GatewayId gateway, Supplier<GatewayHealth> health, Uplink uplink, InstantSource timeline) {
    this.gateway = gateway;
    this.health = health;
    this.uplink = uplink;
    this.timeline = timeline;
  }

  /// Publishes the health if it is due.
  public void check() {
    Instant now = timeline.instant();
    if (attemptedAt.filter(it -> now.isBefore(it.plus(LEAST_INTERVAL))).isPresent()) {
      return;
    }
    GatewayHealth present = health.get();
    Sent next = new Sent(HealthSubstance.of(present), now);
    if (last.filter(it -> !isDue(it, next)).isPresent()) {
      return;
    }
    attemptedAt = Optional.of(now);
    var _ =
        uplink
            .publish(Topics.healthUpdate(gateway), GatewayHealthCodec.shadowUpdate(present))
            .whenComplete(
                (_, failure) -> {
                  if (failure == null) {
                    last = Optional.of(next);
                  } else {
                    LOG.debug("health not sent: {}", failure.toString());
                  }
                });
  }

  private static boolean isDue(Sent before, Sent now) {
    return !now.substance().equals(before.substance())
        || !now.at().isBefore(before.at().plus(INTERVAL));
  }
}
