package io.gympulse.contract.codec;

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
final class SampleHealth {
  private SampleHealth() {}

  /// With a value in every field.
  static GatewayHealth healthy(GatewayAddress from, Instant sentAt) {
    Instant taken = sentAt.minusMillis(10_375);
    return new GatewayHealth(
        from,
        sentAt,
        new Delivery(3, 0, Optional.of(12L), Optional.of(sentAt.minusMillis(1_500)), 2),
        new Device(
            true,
            Optional.of(51.2),
            Optional.of(
                new Throttling(
                    Set.of(), Set.of(ThrottlingCause.THROTTLED, ThrottlingCause.UNDER_VOLTAGE))),
            Optional.of(62_914_560L),
            Optional.of(12_582_912L)),
        new Storage(
            Optional.of(12_884_901_888L),
            Optional.of(15_728_640_000L),
            Optional.of(41_943_040L),
            Optional.of(2_400L),
            Optional.of(102.6)),
        new Software("1.0.0", "25.0.1+8", "Linux 6.12.34 aarch64", 4, 86_400),
        new Sensors(
            Map.of("free", 38, "occupied", 1, "dead", 1),
            List.of(
                new SensorHealth(
                    new SensorId("rower-1-seat"),
                    new MachineId("downtown-rower-1"),
                    "dead",
                    sentAt.minusMillis(5_500),
                    "no message for 6 h",
                    new SensorHealth.Counts(0, 0, 0),
                    Optional.empty()),
                new SensorHealth(
                    new SensorId("bike-1-seat"),
                    new MachineId("downtown-bike-1"),
                    "occupied",
                    taken,
                    "",
                    new SensorHealth.Counts(41, 3, 1),
                    Optional.of(taken))),
            38));
  }

  /// Of a gateway that has just started, on a machine that offers nothing.
  static GatewayHealth unknown(GatewayAddress from, Instant sentAt) {
    return new GatewayHealth(
        from,
        sentAt,
        new Delivery(0, 0, Optional.empty(), Optional.empty(), 1),
        new Device(false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        new Storage(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Software("", "25", "Linux", 1, 0),
        Sensors.NONE);
  }
}
