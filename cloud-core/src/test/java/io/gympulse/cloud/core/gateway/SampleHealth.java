package io.gympulse.cloud.core.gateway;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayHealth.Delivery;
import io.gympulse.contract.message.GatewayHealth.Device;
import io.gympulse.contract.message.GatewayHealth.SensorHealth;
import io.gympulse.contract.message.GatewayHealth.Sensors;
import io.gympulse.contract.message.GatewayHealth.Software;
import io.gympulse.contract.message.GatewayHealth.Storage;
import io.gympulse.contract.message.GatewayHealth.Throttling;
import io.gympulse.contract.message.ThrottlingCause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Health of gateways, for tests.
public final class SampleHealth {
  private SampleHealth() {}

  /// Of a gateway without problems, with one sensor that is dead.
  public static GatewayHealth of(GatewayAddress from, Instant sentAt) {
    return new GatewayHealth(
        from,
        sentAt,
        new Delivery(3, 1, Optional.of(12L), Optional.of(sentAt.minusSeconds(5)), 2),
        device(true),
        storage(9_000_000_000L, 40.5),
        new Software("1.0.0", "25", "Linux", 4, 60),
        new Sensors(
            Map.of("dead", 1, "free", 2),
            List.of(
                new SensorHealth(
                    new SensorId("seat"),
                    new MachineId("bike"),
                    "dead",
                    sentAt.minusSeconds(90),
                    "no message",
                    new SensorHealth.Counts(41, 2, 3),
                    Optional.of(sentAt.minusSeconds(95)))),
            2));
  }

  public static Device device(boolean clockSynchronised, ThrottlingCause... throttled) {
    return new Device(
        clockSynchronised,
        Optional.of(51.25),
        Optional.of(new Throttling(Set.of(throttled), Set.of(ThrottlingCause.UNDER_VOLTAGE))),
        Optional.of(62_914_560L),
        Optional.empty());
  }

  /// On a disk of 16 GB.
  public static Storage storage(long freeBytes, double cardLifeYears) {
    return new Storage(
        Optional.of(freeBytes),
        Optional.of(16_000_000_000L),
        Optional.of(40_000_000L),
        Optional.of(2_400L),
        Optional.of(cardLifeYears));
  }

  public static GatewayHealth with(GatewayHealth it, Device device) {
    return new GatewayHealth(
        it.from(), it.sentAt(), it.delivery(), device, it.storage(), it.software(), it.sensors());
  }

  public static GatewayHealth with(GatewayHealth it, Storage storage) {
    return new GatewayHealth(
        it.from(), it.sentAt(), it.delivery(), it.device(), storage, it.software(), it.sensors());
  }

  public static GatewayHealth with(GatewayHealth it, Sensors sensors) {
    return new GatewayHealth(
        it.from(), it.sentAt(), it.delivery(), it.device(), it.storage(), it.software(), sensors);
  }
}
